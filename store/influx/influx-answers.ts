// Reads what InfluxDB answers to a query: JSON from outside, checked once here.

import Type from 'typebox'
import { Compile } from 'typebox/compile'

const ValueSchema = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()])

const AnswerSchema = Type.Object({
  results: Type.Optional(
    Type.Array(
      Type.Object({
        error: Type.Optional(Type.String()),
        series: Type.Optional(
          Type.Array(
            Type.Object({
              name: Type.Optional(Type.String()),
              tags: Type.Optional(Type.Record(Type.String(), Type.String())),
              columns: Type.Array(Type.String()),
              values: Type.Optional(Type.Array(Type.Array(ValueSchema))),
            }),
          ),
        ),
      }),
    ),
  ),
  error: Type.Optional(Type.String()),
})
const answerSchema = Compile(AnswerSchema)

export type InfluxValue = Type.Static<typeof ValueSchema>
/** A row by column name, the tags it was grouped by among them. */
export type InfluxRow = Readonly<Record<string, InfluxValue>>

export type InfluxAnswer =
  /** Rows of each statement, in order. */
  | { readonly kind: 'rows'; readonly statements: readonly (readonly InfluxRow[])[] }
  | { readonly kind: 'error'; readonly reason: string }

export function parseAnswer(answer: unknown): InfluxAnswer {
  if (!answerSchema.Check(answer)) return { kind: 'error', reason: 'The answer is not one of InfluxDB.' }
  const results = answer.results ?? []
  const reason = answer.error ?? results.find((result) => result.error !== undefined)?.error
  if (reason !== undefined) return { kind: 'error', reason }
  return {
    kind: 'rows',
    statements: results.map((result) =>
      (result.series ?? []).flatMap(({ columns, values, tags }) =>
        (values ?? []).map((row) => ({ ...tags, ...Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])) })),
      ),
    ),
  }
}
