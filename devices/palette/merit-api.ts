// Merit's API as the nodes need it: claim a device, ask for a premium, follow what happens. Each call carries the API key of the
// place it is for. What comes back is parsed here.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { serverEvents } from './server-events.ts'

export interface MeritPlace {
  /** Of the dashboard, without a slash at the end. */
  readonly apiUrl: string
  readonly mqttUrl: string
  readonly apiKey: string
}

/** Merit said no, or was not there. Its message is for the person who drew the flow. */
export class MeritApiError extends Error {
  readonly code = 'merit-api'
  /** 0 when nobody answered. */
  readonly status: number

  constructor(message: string, status: number, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.status = status
  }
}

const answerMsMax = 15_000
/** Nobody needs to see the stream sooner again. */
const againMs = 2000

const ClaimedSchema = Type.Object({ id: Type.String(), secret: Type.String({ minLength: 1 }) })
const SecretSchema = Type.Object({ secret: Type.String({ minLength: 1 }) })
const ProblemSchema = Type.Object({ title: Type.String(), detail: Type.Optional(Type.String()) })
const claimed = Compile(ClaimedSchema)
const replaced = Compile(SecretSchema)
const problem = Compile(ProblemSchema)

export interface ClaimedDevice {
  readonly id: string
  readonly secret: string
}

export interface DeviceClaim {
  readonly id: string
  readonly kind: 'vehicle' | 'home'
  readonly label?: string
}

/**
 * Registers the device, or gives one that is already there a new secret: the old one ends.
 * @throws MeritApiError
 */
export async function claimDevice(place: MeritPlace, claim: DeviceClaim): Promise<ClaimedDevice> {
  const made = await ask(place, 'POST', '/api/v1/devices', claim)
  if (made.status === 201 && claimed.Check(made.body)) return { id: made.body.id, secret: made.body.secret }
  if (made.status !== 409) throw refusal(made)
  const again = await ask(place, 'POST', `/api/v1/devices/${encodeURIComponent(claim.id)}/secret`, {})
  if (again.status < 300 && replaced.Check(again.body)) return { id: claim.id, secret: again.body.secret }
  throw refusal(again)
}

/** @throws MeritApiError */
export async function premiumOf(place: MeritPlace, policyId: string): Promise<unknown> {
  const answer = await ask(place, 'GET', `/api/v1/policies/${encodeURIComponent(policyId)}/premium`)
  if (answer.status !== 200) throw refusal(answer)
  return answer.body
}

export interface Follower {
  readonly onEvent: (event: string, data: unknown) => void
  readonly onStanding: (standing: { readonly kind: 'following' } | { readonly kind: 'away'; readonly why: string }) => void
}

/** Follows an event stream over as many connections as that takes. @returns what ends it */
export function follow(place: MeritPlace, path: string, follower: Follower): () => void {
  const ending = new AbortController()
  const once = async (): Promise<void> => {
    const response = await reach(place, path, {
      headers: { ...headersOf(place), Accept: 'text/event-stream' },
      signal: ending.signal,
    })
    if (response.status !== 200 || response.body === null)
      throw refusal({ status: response.status, body: await bodyOf(response) })
    follower.onStanding({ kind: 'following' })
    for await (const { event, data } of serverEvents(response.body)) {
      const value = parsed(data)
      if (value !== undefined) follower.onEvent(event, value)
    }
  }
  const forEver = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      try {
        await once()
      } catch (error) {
        if (ending.signal.aborted) return
        follower.onStanding({ kind: 'away', why: error instanceof Error ? error.message : String(error) })
      }
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }
  void forEver()
  return () => ending.abort()
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function ask(place: MeritPlace, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
  const response = await reach(place, path, {
    method,
    headers: { ...headersOf(place), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(answerMsMax),
  })
  return { status: response.status, body: await bodyOf(response) }
}

async function reach(place: MeritPlace, path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(`${place.apiUrl}${path}`, request)
  } catch (error) {
    throw new MeritApiError(`Merit does not answer at ${place.apiUrl}: is it running?`, 0, error)
  }
}

function headersOf(place: MeritPlace): Record<string, string> {
  return { Authorization: `Bearer ${place.apiKey}` }
}

async function bodyOf(response: Response): Promise<unknown> {
  return parsed(await response.text())
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusal({ status, body }: Answer): MeritApiError {
  const said = problem.Check(body) ? [body.title, body.detail].filter((part) => part !== undefined).join(' ') : `status ${status}`
  return new MeritApiError(`Merit refused: ${said}`, status)
}
