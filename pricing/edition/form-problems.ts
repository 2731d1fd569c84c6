// What is wrong with the form of an edition: each fault at its place in the document, as a pointer, and what is expected
// there. Parts with several forms (a factor, an input) are held against the one form they claim to have.

import { Compile } from 'typebox/compile'
import {
  BandsFactorSchema,
  CurveFactorSchema,
  EditionSchema,
  LevelInputSchema,
  LevelsFactorSchema,
  NumberInputSchema,
  PairFactorSchema,
} from './edition-document.ts'

/** More faults than a person mends at once. */
export const problemsMax = 50

interface FormError {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}
interface Form {
  readonly Check: (value: unknown) => boolean
  readonly Errors: (value: unknown) => readonly FormError[]
}

const factorForms: Readonly<Record<string, Form>> = {
  levels: Compile(LevelsFactorSchema),
  bands: Compile(BandsFactorSchema),
  curve: Compile(CurveFactorSchema),
  pair: Compile(PairFactorSchema),
}
const inputForms: Readonly<Record<string, Form>> = {
  number: Compile(NumberInputSchema),
  level: Compile(LevelInputSchema),
}
const editionForm = Compile(EditionSchema)

export function formProblems(document: unknown): readonly string[] {
  const parts = [
    ...partProblems('/factors', memberOf(document, 'factors'), factorForms),
    ...partProblems('/inputs', memberOf(document, 'inputs'), inputForms),
  ]
  const others = editionForm
    .Errors(document)
    .filter(({ instancePath, keyword }) => keyword !== 'anyOf' && !/^\/(factors|inputs)\/./.test(instancePath))
  const found = [...others.flatMap((error) => wordsOf('', error)), ...parts]
  return [...new Set(found)].slice(0, problemsMax)
}

function partProblems(path: string, parts: unknown, forms: Readonly<Record<string, Form>>): readonly string[] {
  if (typeof parts !== 'object' || parts === null) return []
  return Object.entries(parts).flatMap(([key, part]) => {
    const kind = memberOf(part, 'kind')
    const form = typeof kind === 'string' && Object.hasOwn(forms, kind) ? forms[kind] : undefined
    if (form === undefined) return [`${path}/${key}/kind must be one of ${Object.keys(forms).join(', ')}`]
    return form.Errors(part).flatMap((error) => wordsOf(`${path}/${key}`, error))
  })
}

function wordsOf(path: string, { instancePath, message, params, keyword }: FormError): readonly string[] {
  const place = `${path}${instancePath}`
  if (keyword === 'anyOf') return []
  const allowed = memberOf(params, 'allowedValues') ?? memberOf(params, 'allowedValue')
  if (keyword === 'const' || keyword === 'enum')
    return [`${place} must be ${Array.isArray(allowed) ? `one of ${allowed.join(', ')}` : JSON.stringify(allowed)}`]
  const extra = memberOf(params, 'additionalProperties')
  if (keyword === 'additionalProperties' && Array.isArray(extra))
    return extra.map((name) => `${place}/${String(name)} is no part of an edition: take it out, or mend its spelling`)
  const missing = memberOf(params, 'requiredProperties')
  if (keyword === 'required' && Array.isArray(missing)) return missing.map((name) => `${place}/${String(name)} is missing`)
  return [`${place} ${message}`.trim()]
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
