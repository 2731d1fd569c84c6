// A schema's complaint in the words of somebody who has to mend the document: the place, what is wrong there, what is allowed.

export interface ScenarioProblem {
  /** RFC 6901; empty for the whole document. */
  readonly pointer: string
  readonly problem: string
  readonly mend: string
}

/** One line a problem. */
export function problemLine({ pointer, problem, mend }: ScenarioProblem): string {
  return `${pointer === '' ? '(document)' : pointer}: ${problem}; ${mend}`
}

/** As TypeBox tells it. */
interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}

/** Undefined for a complaint that another one says better. */
export function schemaProblem(error: SchemaError, document: unknown): ScenarioProblem | undefined {
  const { keyword, instancePath: pointer, message } = error
  const params = new Map<string, unknown>(Object.entries(error.params))
  const found = JSON.stringify(valueAt(document, pointer))?.slice(0, 60) ?? 'nothing'
  switch (keyword) {
    case 'additionalProperties':
      // Each of the fields is named by itself.
      return undefined
    case 'boolean':
      return { pointer, problem: 'there is no such field', mend: 'take it out, or see the schema for the name that is meant' }
    case 'required':
      return { pointer, problem: `it lacks ${listed(params.get('requiredProperties'))}`, mend: 'add what is missing' }
    case 'enum':
      return {
        pointer,
        problem: `${found} is not one of those allowed`,
        mend: `use one of ${listed(params.get('allowedValues'))}`,
      }
    case 'const':
      return {
        pointer,
        problem: `${found} is not what is expected`,
        mend: `write ${JSON.stringify(params.get('allowedValue')) ?? ''}`,
      }
    default:
      return { pointer, problem: `${found} ${message}`, mend: 'write a value that the schema allows' }
  }
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(', ') : String(values)
}

export function valueAt(document: unknown, pointer: string): unknown {
  let value = document
  for (const token of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = new Map<string, unknown>(Object.entries(value)).get(token.replaceAll('~1', '/').replaceAll('~0', '~'))
  }
  return value
}
