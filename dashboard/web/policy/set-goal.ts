// Choosing a goal, giving it up, and what is done about its messages; the page follows what the server answers.

import type { GoalState } from '../../api/nudge-routes.ts'
import { type Failure, post } from '../api.ts'
import { goal } from '../resources.ts'

/** @param behaviour null gives up the goal; @returns what went wrong */
export function setGoal(policyId: string, behaviour: string | null): Promise<Failure | undefined> {
  return send(policyId, 'goal', { behaviour })
}

export function pauseMessages(policyId: string, isPaused: boolean): Promise<Failure | undefined> {
  return send(policyId, 'messages/pause', { isPaused })
}

export function closeMessage(policyId: string, messageId: string): Promise<Failure | undefined> {
  return send(policyId, `messages/${encodeURIComponent(messageId)}/close`, {})
}

async function send(policyId: string, path: string, body: unknown): Promise<Failure | undefined> {
  const outcome = await post<GoalState>(`/api/v1/policies/${encodeURIComponent(policyId)}/${path}`, body)
  await goal(policyId).refresh()
  return outcome.kind === 'failure' ? outcome.failure : undefined
}
