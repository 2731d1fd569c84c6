// Documents of tests, with one thing different.

/** A copy with the value at this pointer replaced, or taken out when it is undefined. */
export function withValue(document: unknown, pointer: string, value: unknown): unknown {
  const copy: unknown = structuredClone(document)
  const keys = pointer.split('/').slice(1)
  let parent = copy
  for (const key of keys.slice(0, -1)) parent = Reflect.get(Object(parent), key)
  if (value === undefined && Array.isArray(parent)) parent.splice(Number(keys.at(-1)), 1)
  else if (value === undefined) Reflect.deleteProperty(Object(parent), keys.at(-1) ?? '')
  else Reflect.set(Object(parent), keys.at(-1) ?? '', value)
  return copy
}
