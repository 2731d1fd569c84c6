// What the vehicle's and the home's node have in common: a simulation that runs from a timer, is started, stopped and given faults,
// and tells how far it is.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { DeviceRef, Reading } from '../contract/reading.ts'
import { isFaultName } from '../faults/fault-list.ts'
import { type ActiveFault, problemOf } from '../faults/fault-switch.ts'
import { planSteps } from '../faults/plan-steps.ts'
import type { PublishStep, Step } from '../faults/step.ts'
import { dueSteps, type Pace, simulatedMs } from './due-steps.ts'
import type { PaletteMessage, PaletteNode } from './palette-node.ts'

const tickMs = 1000
const stepsPerTickMax = 50
/** Small enough that a fault which strikes batches is soon seen. */
const readingsPerBatch = 60
const hourMs = 3_600_000
const fastest = 3600
const daysAgoMax = 31

/** What a message to a simulation may ask for; a button of the editor sends one too. */
const wishes = ['start', 'stop', 'leak', 'close-valve', 'open-valve'] as const
export type Wish = (typeof wishes)[number]

const FaultsSchema = Type.Object({
  faults: Type.Array(
    Type.Object({
      by: Type.String({ description: 'The node that switches it: it may have one, and take it away again.' }),
      fault: Type.String(),
      intensity: Type.Number(),
      isOn: Type.Boolean(),
    }),
    { maxItems: 40 },
  ),
})
const faultsMessage = Compile(FaultsSchema)

export interface Simulation {
  start(): void
  stop(): void
  /** Plans anew from where simulated time is. */
  planAnew(): void
  /** Does what a message asks for that every simulation can; the others come back. Undefined: nobody knows what it wants. */
  hear(payload: unknown): Wish | 'done' | undefined
  reachedMs(): number
}

/**
 * @param readingsFrom an endless simulation that begins at an instant
 * @param change what became of the device meanwhile: a valve that somebody closed
 */
export function simulate(
  node: PaletteNode,
  device: DeviceRef,
  readingsFrom: (startMs: number) => Iterable<Reading>,
  change: (reading: Reading) => Reading = (reading) => reading,
): Simulation {
  const seed = node.text('seed', '1')
  const speed = Math.min(fastest, Math.max(1, node.number('speed', 1)))
  const beginsAgoMs = Math.min(24 * daysAgoMax, Math.max(0, node.number('hoursAgo', 0))) * hourMs
  /** A message of readings of one tick, and not more. */
  const spanMsMax = tickMs * speed
  const faults = new Map<string, ActiveFault>()
  let timer: NodeJS.Timeout | undefined
  let reachedMs = Date.now() - beginsAgoMs
  let seq = 0
  let sent = 0
  const show = (): void => {
    const at = `${new Date(reachedMs).toISOString().slice(0, 16).replace('T', ' ')}`
    const struck = faults.size === 0 ? '' : ` · ${[...faults.values()].map(({ fault }) => fault).join(', ')}`
    node.show(
      timer === undefined ? 'grey' : 'green',
      node.say(timer === undefined ? 'stopped' : 'running', { at, sent }) + struck,
    )
  }
  const steps = (): Iterator<Step> => {
    const options = { device, faults: [...faults.values()], seed, readingsPerBatch, spanMsMax }
    return planSteps(changed(readingsFrom(reachedMs)), options)[Symbol.iterator]()
  }
  function* changed(readings: Iterable<Reading>): Generator<Reading> {
    for (const reading of readings) yield change(reading)
  }
  const send = (step: Step): void => {
    seq += 1
    if (step.kind === 'publish') sent += step.units.length
    node.send(messageOf(step, device, seq, faults.size > 0))
  }
  const stop = (): void => {
    clearInterval(timer)
    timer = undefined
  }
  const start = (): void => {
    const pace: Pace = { fromMs: reachedMs, startedAtMs: Date.now(), speed }
    const due = dueSteps(steps())
    timer = setInterval(() => {
      const untilMs = simulatedMs(pace, Date.now())
      const now = due.take(untilMs, stepsPerTickMax)
      reachedMs = Math.max(reachedMs, now.length < stepsPerTickMax ? untilMs : (lastDueMs(now) ?? reachedMs))
      for (const step of now) send(step)
      show()
    }, tickMs)
  }
  const planAnew = (): void => {
    if (timer === undefined) return
    stop()
    start()
  }
  return {
    start() {
      if (timer === undefined) start()
      show()
    },
    stop() {
      stop()
      show()
    },
    planAnew,
    hear(payload) {
      if (payload === 'start') this.start()
      else if (payload === 'stop') this.stop()
      else if (faultsMessage.Check(payload)) {
        for (const { by, fault, intensity, isOn } of payload.faults) {
          faults.delete(by)
          if (!isOn || !isFaultName(fault)) continue
          const problem = problemOf({ fault, intensity })
          if (problem !== undefined) throw new Error(`${fault}: ${problem.problem}; ${problem.mend}`)
          faults.set(by, { fault, intensity, fromMs: reachedMs, untilMs: Number.POSITIVE_INFINITY })
        }
        planAnew()
        show()
      } else return wishes.find((wish) => wish === payload)
      return 'done'
    },
    reachedMs: () => reachedMs,
  }
}

function lastDueMs(steps: readonly Step[]): number | undefined {
  return steps.findLast((step): step is PublishStep => step.kind === 'publish')?.dueMs
}

/**
 * Readings as a flow reads and changes them, one object an instant with `t` and its signals; of a device with faults the bytes that
 * it sends, for they may be nonsense; or what it does to its connection.
 */
function messageOf(step: Step, { id, kind }: DeviceRef, seq: number, isFaulty: boolean): PaletteMessage {
  const device = { topic: id, kind }
  if (step.kind === 'publish-too-large') return { ...device, payload: step.payload }
  if (step.kind !== 'publish')
    return { ...device, payload: '', connection: step.kind === 'rejoin' ? `rejoin ${step.times}` : step.kind }
  const refused = step.units.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]))
  const expected = { stored: step.units.length - refused.length, refused }
  const readings = step.units.flatMap((unit) => (unit.kind === 'reading' ? [{ t: unit.takenAtMs, ...unit.values }] : []))
  return { ...device, payload: isFaulty ? step.payload(seq, Date.now()) : readings, ...(isFaulty ? { expected } : {}) }
}
