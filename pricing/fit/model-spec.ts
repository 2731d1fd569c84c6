// What is to be fitted, as a document that people write: family, response, offset, weight and terms. This file holds its form;
// parse-model.ts its one parser; whether the columns exist and hold what they must, is seen when the design is built.

import Type from 'typebox'

const strict = { additionalProperties: false } as const
const ColumnName = Type.String({ minLength: 1 })

/** More knots or bands than this follow the noise. */
export const bandsMax = 200
export const termsMax = 100

export const familySchemas = {
  poisson: Type.Object({ kind: Type.Literal('poisson') }, strict),
  gamma: Type.Object({ kind: Type.Literal('gamma') }, strict),
  binomial: Type.Object({ kind: Type.Literal('binomial') }, strict),
  tweedie: Type.Object(
    { kind: Type.Literal('tweedie'), power: Type.Number({ exclusiveMinimum: 1, exclusiveMaximum: 2 }) },
    strict,
  ),
} as const

const id = Type.String({ minLength: 1, maxLength: 60 })

/** From the band before up to `below`; the last is open. The same form as in an edition. */
const BandSchema = Type.Object({ level: Type.String({ minLength: 1 }), below: Type.Optional(Type.Number()) }, strict)

/** Relativities that somebody chose instead of the indicated ones, by level. */
const selected = Type.Optional(Type.Record(Type.String(), Type.Number({ exclusiveMinimum: 0 })))

const LevelsTermSchema = Type.Object(
  {
    id: Type.Optional(id),
    kind: Type.Literal('levels'),
    column: ColumnName,
    reference: Type.Optional(Type.String()),
    selected,
  },
  strict,
)
const BandsTermSchema = Type.Object(
  {
    id: Type.Optional(id),
    kind: Type.Literal('bands'),
    column: ColumnName,
    bands: Type.Array(BandSchema, { minItems: 2, maxItems: bandsMax }),
    reference: Type.Optional(Type.String()),
    /** How the indicated relativities are brought into shape before they are selected. */
    smoothness: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
    monotone: Type.Optional(Type.Enum(['increasing', 'decreasing'] as const)),
    selected,
  },
  strict,
)
/** x, its logarithm or a power of it; with `per` the ratio of two columns. */
const NumberTermSchema = Type.Object(
  {
    id: Type.Optional(id),
    kind: Type.Literal('number'),
    column: ColumnName,
    per: Type.Optional(ColumnName),
    transform: Type.Optional(Type.Literal('log')),
    power: Type.Optional(Type.Integer({ minimum: 1, maximum: 6 })),
  },
  strict,
)
const SplineTermSchema = Type.Object(
  {
    id: Type.Optional(id),
    kind: Type.Literal('spline'),
    column: ColumnName,
    /** Cubic: `natural` goes on as a straight line outside of its boundary, `b` stays level there. */
    basis: Type.Enum(['natural', 'b'] as const),
    knots: Type.Array(Type.Number(), { minItems: 1, maxItems: 50 }),
    boundary: Type.Tuple([Type.Number(), Type.Number()]),
  },
  strict,
)
/** The product of two terms named by id, main effects not included. */
const InteractionTermSchema = Type.Object(
  { id: Type.Optional(id), kind: Type.Literal('interaction'), of: Type.Tuple([id, id]) },
  strict,
)

export const termSchemas = {
  levels: LevelsTermSchema,
  bands: BandsTermSchema,
  number: NumberTermSchema,
  spline: SplineTermSchema,
  interaction: InteractionTermSchema,
} as const
const { poisson, gamma, binomial, tweedie } = familySchemas
const { levels, bands, number, spline, interaction } = termSchemas

export const ModelSpecSchema = Type.Object(
  {
    schema: Type.Literal('model/1'),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    family: Type.Union([poisson, gamma, binomial, tweedie]),
    /** The log where absent, the logit for binomial. */
    link: Type.Optional(Type.Enum(['log', 'logit'] as const)),
    /** The column or, with `per`, its ratio to another: claims per exposure, payment per claim. */
    response: Type.Object({ column: ColumnName, per: Type.Optional(ColumnName), equals: Type.Optional(Type.String()) }, strict),
    weight: Type.Optional(ColumnName),
    /** Added to the linear predictor: the logarithm of this column. */
    logOffset: Type.Optional(ColumnName),
    /** Values outside are moved to the limit before anything else is done. */
    limits: Type.Optional(
      Type.Record(Type.String(), Type.Object({ min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()) }, strict)),
    ),
    /** Only rows in which this column is above this count. */
    keep: Type.Optional(Type.Object({ column: ColumnName, above: Type.Number() }, strict)),
    terms: Type.Array(Type.Union([levels, bands, number, spline, interaction]), { maxItems: termsMax }),
  },
  strict,
)

export type ModelSpec = Type.Static<typeof ModelSpecSchema>
export type Term = ModelSpec['terms'][number]

/** By `id`, or by the column where none was given. */
export function termId(term: Term): string {
  if (term.id !== undefined) return term.id
  switch (term.kind) {
    case 'levels':
    case 'bands':
    case 'spline':
      return term.column
    case 'number': {
      const ratio = term.per === undefined ? term.column : `${term.column}/${term.per}`
      const inner = term.transform === 'log' ? `log(${ratio})` : ratio
      return (term.power ?? 1) > 1 ? `${inner}^${term.power}` : inner
    }
    case 'interaction':
      return term.of.join(':')
  }
}

/** Every column that the model reads. */
export function columnsOf(model: ModelSpec): readonly string[] {
  const named = model.terms.flatMap((term) => {
    if (term.kind === 'interaction') return []
    return term.kind === 'number' && term.per !== undefined ? [term.column, term.per] : [term.column]
  })
  const { response, weight, logOffset, keep, limits = {} } = model
  const others = [response.column, response.per, weight, logOffset, keep?.column, ...Object.keys(limits)]
  return [...new Set([...named, ...others.filter((name) => name !== undefined)])]
}

/** Of what kind each column has to be, so that a wrong cell is found while the file is read. */
export function columnKindsOf(model: ModelSpec): ReadonlyMap<string, 'numeric' | 'categorical'> {
  const kinds = new Map<string, 'numeric' | 'categorical'>(columnsOf(model).map((name) => [name, 'numeric']))
  for (const term of model.terms) if (term.kind === 'levels') kinds.set(term.column, 'categorical')
  if (model.response.equals !== undefined) kinds.set(model.response.column, 'categorical')
  return kinds
}
