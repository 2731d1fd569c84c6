// The one parser of model documents. Parts with several forms (the family, a term) are held against the one form they claim to have,
// so that each problem is named at its place.

import { Compile } from 'typebox/compile'
import { familySchemas, type ModelSpec, ModelSpecSchema, termId, termSchemas } from './model-spec.ts'

/** More than a person mends at once. */
const problemsMax = 10

/** `place` is a JSON pointer into the document. */
export type ModelProblem = { readonly place: string } & (
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'unknown-name'; readonly name: string }
  | { readonly kind: 'not-one-of'; readonly allowed: readonly string[] }
  | { readonly kind: 'wrong-type'; readonly expected: string }
  /** A limit or a length; the schema's own words. */
  | { readonly kind: 'out-of-range'; readonly rule: string }
  | { readonly kind: 'duplicate-id'; readonly id: string }
  /** Only the last band has no `below`, and it has none. */
  | { readonly kind: 'open-band' }
  /** Bands and knots rise; knots lie inside of the boundary. */
  | { readonly kind: 'not-rising' }
  /** Of an interaction: not the id of an earlier term. */
  | { readonly kind: 'unknown-term'; readonly id: string }
)

export type ParsedModelSpec =
  | { readonly kind: 'model'; readonly model: ModelSpec }
  | { readonly kind: 'invalid'; readonly problems: readonly ModelProblem[] }

interface FormError {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}
interface Form {
  readonly Errors: (value: unknown) => readonly FormError[]
}

const modelForm = Compile(ModelSpecSchema)
const familyForms: ReadonlyMap<string, Form> = new Map(
  Object.entries(familySchemas).map(([kind, schema]) => [kind, Compile(schema)]),
)
const termForms: ReadonlyMap<string, Form> = new Map(Object.entries(termSchemas).map(([kind, schema]) => [kind, Compile(schema)]))

/** @param value the document, as parsed JSON */
export function parseModelSpec(value: unknown): ParsedModelSpec {
  const problems = modelForm.Check(value) ? value.terms.flatMap((_, index) => termProblems(value, index)) : formProblems(value)
  if (problems.length === 0 && modelForm.Check(value)) return { kind: 'model', model: value }
  return { kind: 'invalid', problems: problems.slice(0, problemsMax) }
}

function formProblems(value: unknown): readonly ModelProblem[] {
  const isPart = (place: string): boolean => /^\/(family|terms\/\d+)(\/|$)/.test(place)
  const whole = modelForm.Errors(value).filter(({ instancePath }) => !isPart(instancePath))
  const terms = memberOf(value, 'terms')
  return [
    ...whole.flatMap((error) => problemsAt('', error)),
    ...partProblems('/family', memberOf(value, 'family'), familyForms),
    ...(Array.isArray(terms) ? terms.flatMap((term, index) => partProblems(`/terms/${index}`, term, termForms)) : []),
  ]
}

function partProblems(place: string, part: unknown, forms: ReadonlyMap<string, Form>): readonly ModelProblem[] {
  if (part === undefined) return []
  const kind = memberOf(part, 'kind')
  const form = typeof kind === 'string' ? forms.get(kind) : undefined
  if (form === undefined) return [{ place: `${place}/kind`, kind: 'not-one-of', allowed: [...forms.keys()] }]
  return form.Errors(part).flatMap((error) => problemsAt(place, error))
}

function problemsAt(part: string, { keyword, instancePath, message, params }: FormError): readonly ModelProblem[] {
  const place = `${part}${instancePath}`
  switch (keyword) {
    case 'required':
      return textsIn(params, 'requiredProperties').map((name) => ({ place, kind: 'missing', name }))
    case 'additionalProperties':
      return textsIn(params, 'additionalProperties').map((name) => ({ place, kind: 'unknown-name', name }))
    case 'enum':
      return [{ place, kind: 'not-one-of', allowed: textsIn(params, 'allowedValues') }]
    case 'const':
      return [{ place, kind: 'not-one-of', allowed: [String(memberOf(params, 'allowedValue'))] }]
    case 'type':
      return [{ place, kind: 'wrong-type', expected: String(memberOf(params, 'type')) }]
    // Said by another error of the same place.
    case 'boolean':
    case 'anyOf':
      return []
    default:
      return [{ place, kind: 'out-of-range', rule: message }]
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined
}

function textsIn(params: object, name: string): readonly string[] {
  const value = memberOf(params, name)
  return Array.isArray(value) ? value.map(String) : []
}

/** What the form alone does not say of a term. */
function termProblems(model: ModelSpec, index: number): readonly ModelProblem[] {
  const term = model.terms[index]
  if (term === undefined) return []
  const place = `/terms/${index}`
  const ids = model.terms.map(termId)
  if (ids.indexOf(termId(term)) !== index) return [{ place, kind: 'duplicate-id', id: termId(term) }]
  switch (term.kind) {
    case 'bands': {
      const last = term.bands.length - 1
      const wrong = term.bands.findIndex(({ below }, band) => (below === undefined) !== (band === last))
      if (wrong !== -1) return [{ place: `${place}/bands/${wrong}/below`, kind: 'open-band' }]
      const bounds = term.bands.map(({ below = Number.POSITIVE_INFINITY }) => below)
      const unsorted = bounds.findIndex((below, band) => below <= (bounds[band - 1] ?? Number.NEGATIVE_INFINITY))
      if (unsorted !== -1) return [{ place: `${place}/bands/${unsorted}/below`, kind: 'not-rising' }]
      const names = term.bands.map(({ level }) => level)
      const twice = names.find((name, band) => names.indexOf(name) !== band)
      return twice === undefined ? [] : [{ place: `${place}/bands`, kind: 'duplicate-id', id: twice }]
    }
    case 'spline': {
      const [from, to] = term.boundary
      const places = [from, ...term.knots, to]
      const isRising = places.every((knot, at) => at === 0 || knot > (places[at - 1] ?? Number.NEGATIVE_INFINITY))
      return isRising ? [] : [{ place: `${place}/knots`, kind: 'not-rising' }]
    }
    case 'interaction':
      return term.of.flatMap((name, side): readonly ModelProblem[] =>
        ids.slice(0, index).includes(name) ? [] : [{ place: `${place}/of/${side}`, kind: 'unknown-term', id: name }],
      )
    case 'levels':
    case 'number':
      return []
  }
}
