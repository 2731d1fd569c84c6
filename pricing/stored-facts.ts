// Facts as the book keeps them: JSON that this version or an earlier one wrote. Parsed by the schema of its owner, with what
// earlier versions did not measure filled in.

/** A stored row does not hold what this version of Merit writes. */
export class BadFacts extends Error {
  readonly code = 'bad-facts'
}

/** A compiled schema. */
interface FactsSchema<Facts> {
  Check(value: unknown): value is Facts
  Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[]
}

/**
 * @param what for the message, such as `trip`
 * @param notMeasured what a field that came later says of a row written before it
 * @throws BadFacts naming the first field that does not fit
 */
export function parseStoredFacts<Facts>(
  what: string,
  text: string,
  schema: FactsSchema<Facts>,
  notMeasured: Readonly<Record<string, unknown>>,
): Facts {
  const value = parseJson(what, text)
  if (schema.Check(value)) return value
  const completed: unknown =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...notMeasured, ...value } : value
  if (schema.Check(completed)) return completed
  const [first] = schema.Errors(completed)
  throw new BadFacts(`The facts of a stored ${what} do not fit: ${first?.instancePath ?? ''} ${first?.message ?? ''}`)
}

/** For pages, which show the others when one row is damaged: undefined for what the parser refuses. */
export function orUndefined<Facts>(parse: () => Facts): Facts | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof BadFacts) return undefined
    throw error
  }
}

function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BadFacts(`The facts of a stored ${what} are not JSON.`, { cause })
  }
}
