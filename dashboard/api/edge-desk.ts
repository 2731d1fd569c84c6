// What the office asks of edge: recent messages, activity, addresses, cutting a connection, judging a refusal again. Edge may be
// away at any time, so every answer may be `away`; nothing that matters rests on one.

import type Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { EndReason } from '../../broker/connection-events.ts'
import { newsWaitMsMax } from '../../broker/desk-limits.ts'
import {
  type Activity,
  ActivitySchema,
  DisconnectedSchema,
  type EdgeAddress,
  EdgeAddressSchema,
  type RecentMessage,
  RecentMessagesSchema,
  type ReplayOutcome,
  ReplayOutcomeSchema,
} from '../../broker/desk-shapes.ts'

/** Edge is on the same machine or near it. */
const answersWithinMs = 3000

export type FromEdge<Value> = { readonly kind: 'answer'; readonly value: Value } | { readonly kind: 'away' }

export interface EdgeDesk {
  messages(deviceId: string, after: number): Promise<FromEdge<readonly RecentMessage[]>>
  /** As `messages`, and waits for one when there is none. */
  news(deviceId: string, after: number, signal: AbortSignal): Promise<FromEdge<readonly RecentMessage[]>>
  activity(): Promise<FromEdge<readonly Activity[]>>
  address(): Promise<FromEdge<EdgeAddress>>
  disconnect(deviceId: string, reason: EndReason): Promise<FromEdge<{ readonly wasConnected: boolean }>>
  replay(quarantineId: string): Promise<FromEdge<ReplayOutcome>>
}

const shapes = {
  messages: Compile(RecentMessagesSchema),
  activity: Compile(ActivitySchema),
  address: Compile(EdgeAddressSchema),
  disconnected: Compile(DisconnectedSchema),
  outcome: Compile(ReplayOutcomeSchema),
}

/** @param where undefined when nobody said where edge is: then it is away */
export function createEdgeDesk(where: { readonly url: string; readonly token: string } | undefined): EdgeDesk {
  async function ask<Schema extends Type.TSchema>(
    path: string,
    shape: { Check(value: unknown): value is Type.Static<Schema> },
    { method = 'GET', signal, withinMs = answersWithinMs }: { method?: string; signal?: AbortSignal; withinMs?: number } = {},
  ): Promise<FromEdge<Type.Static<Schema>>> {
    if (where === undefined) return { kind: 'away' }
    const timeout = AbortSignal.timeout(withinMs)
    try {
      const response = await fetch(`${where.url}/desk/${path}`, {
        method,
        headers: { authorization: `Bearer ${where.token}` },
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      })
      const value: unknown = await response.json()
      return response.ok && shape.Check(value) ? { kind: 'answer', value } : { kind: 'away' }
    } catch {
      return { kind: 'away' }
    }
  }
  const messagesAt = async (
    path: string,
    options: { signal?: AbortSignal; withinMs?: number } = {},
  ): Promise<FromEdge<readonly RecentMessage[]>> => {
    const answer = await ask<typeof RecentMessagesSchema>(path, shapes.messages, options)
    return answer.kind === 'away' ? answer : { kind: 'answer', value: answer.value.messages }
  }
  const named = encodeURIComponent

  return {
    messages: (id, after) => messagesAt(`devices/${named(id)}/messages?after=${after}`),
    news: (id, after, signal) =>
      messagesAt(`devices/${named(id)}/messages?after=${after}&waitMs=${newsWaitMsMax}`, {
        signal,
        withinMs: newsWaitMsMax + answersWithinMs,
      }),
    async activity() {
      const answer = await ask<typeof ActivitySchema>('activity', shapes.activity)
      return answer.kind === 'away' ? answer : { kind: 'answer', value: answer.value.devices }
    },
    address: () => ask<typeof EdgeAddressSchema>('address', shapes.address),
    disconnect: (id, reason) =>
      ask<typeof DisconnectedSchema>(`devices/${named(id)}/disconnect?reason=${reason}`, shapes.disconnected, { method: 'POST' }),
    replay: (id) => ask<typeof ReplayOutcomeSchema>(`quarantine/${named(id)}/replay`, shapes.outcome, { method: 'POST' }),
  }
}
