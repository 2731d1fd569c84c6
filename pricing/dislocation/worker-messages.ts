// What a replay's thread is told and what it answers.

import Type from 'typebox'
import { Compile } from 'typebox/compile'

/** When the thread is made. */
const StartSchema = Type.Object({
  bookUrl: Type.String(),
  telemetryUrl: Type.String(),
  replayId: Type.String(),
})
export type WorkerStart = Type.Static<typeof StartSchema>

const TaskSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('chunk'),
    number: Type.Integer(),
    fromPolicyId: Type.String(),
    toPolicyId: Type.String(),
  }),
  /** Every chunk is done: make the report. */
  Type.Object({ kind: Type.Literal('report') }),
])
export type WorkerTask = Type.Static<typeof TaskSchema>

const AnswerSchema = Type.Union([
  Type.Object({ kind: Type.Literal('chunk'), number: Type.Integer(), policies: Type.Integer(), result: Type.String() }),
  Type.Object({ kind: Type.Literal('report'), report: Type.String(), hash: Type.String() }),
  Type.Object({ kind: Type.Literal('failed'), message: Type.String() }),
])
export type WorkerAnswer = Type.Static<typeof AnswerSchema>

export const isWorkerStart = guardOf(StartSchema)
export const isWorkerTask = guardOf(TaskSchema)
export const isWorkerAnswer = guardOf(AnswerSchema)

function guardOf<Schema extends Type.TSchema>(schema: Schema): (value: unknown) => value is Type.Static<Schema> {
  const validator = Compile(schema)
  return (value): value is Type.Static<Schema> => validator.Check(value)
}
