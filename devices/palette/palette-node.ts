// What every node of the palette does alike: takes its settings as text out of what the editor saved, shows how it stands, and says
// in words what went wrong. The words are in nodes/locales.

import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red'

export interface PaletteNode {
  readonly id: string
  /** What the editor saved, or the fallback where the field is empty. */
  text(field: string, fallback: string): string
  number(field: string, fallback: number): number
  isOn(field: string, fallback: boolean): boolean
  /** One of these, or the first. */
  oneOf<Value extends string>(field: string, values: readonly [Value, ...Value[]]): Value
  secret(field: string): string
  language(): 'en' | 'zh-CN'
  say(key: string, values?: Readonly<Record<string, string | number>>): string
  show(fill: 'green' | 'yellow' | 'red' | 'grey' | 'blue', text: string): void
  send(messages: PaletteMessage | readonly (PaletteMessage | null)[]): void
  /** @param about the message that could not be handled, for a catch node */
  fail(error: unknown, about?: NodeMessageInFlow): void
  onInput(listen: (message: NodeMessageInFlow) => void | Promise<void>): void
  onClose(listen: () => void | Promise<void>): void
}

export interface PaletteMessage {
  readonly topic?: string
  readonly payload: unknown
  readonly [field: string]: unknown
}

export interface PaletteType {
  /** `merit-vehicle`: also the name of its file of words. */
  readonly type: string
  readonly secrets?: readonly string[]
  readonly begin: (node: PaletteNode) => void
}

/** A button in the editor sends this to its node, for whoever may use inject buttons. */
export function registerButton(red: NodeAPI, type: string, payload: string): void {
  red.httpAdmin.post(`/merit/${type}/:id`, red.auth.needsPermission('inject.write'), (request, response) => {
    const { id } = request.params
    // Node-RED's types do not say that there may be none.
    const node: Node | null = typeof id === 'string' ? red.nodes.getNode(id) : null
    if (node === null || node.type !== type) {
      response.sendStatus(404)
      return
    }
    node.receive({ payload })
    response.sendStatus(200)
  })
}

export function registerPaletteType(red: NodeAPI, { type, secrets = [], begin }: PaletteType): void {
  const credentials = Object.fromEntries(secrets.map((name) => [name, { type: 'password' as const }]))
  red.nodes.registerType(
    type,
    function (this: Node<Record<string, unknown>>, definition: NodeDef) {
      red.nodes.createNode(this, definition)
      const node = paletteNode(red, this, type, definition)
      try {
        begin(node)
      } catch (error) {
        node.fail(error)
      }
    },
    { credentials },
  )
}

function paletteNode(red: NodeAPI, node: Node<Record<string, unknown>>, type: string, definition: NodeDef): PaletteNode {
  const saved = new Map<string, unknown>(Object.entries(definition))
  const text = (field: string, fallback: string): string => {
    const value = saved.get(field)
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : fallback
  }
  const show: PaletteNode['show'] = (fill, words) => node.status({ fill, shape: fill === 'green' ? 'dot' : 'ring', text: words })
  const fail: PaletteNode['fail'] = (error, about) => {
    const words = error instanceof Error ? error.message : String(error)
    show('red', words.slice(0, 60))
    if (about === undefined) node.error(words)
    else node.error(words, about)
  }
  return {
    id: node.id,
    text,
    number(field, fallback) {
      const value = saved.get(field)
      const number = typeof value === 'number' ? value : Number(text(field, String(fallback)))
      return Number.isFinite(number) ? number : fallback
    },
    isOn: (field, fallback) => {
      const value = saved.get(field)
      return typeof value === 'boolean' ? value : fallback
    },
    oneOf: (field, values) => values.find((value) => value === saved.get(field)) ?? values[0],
    secret: (field) => {
      const value = node.credentials?.[field]
      return typeof value === 'string' ? value.trim() : ''
    },
    language: () => (String(Reflect.get(red.settings, 'lang') ?? '').startsWith('zh') ? 'zh-CN' : 'en'),
    say: (key, values = {}) => red._(`${type}.${key}`, Object.fromEntries(Object.entries(values))),
    show,
    send: (messages) =>
      node.send(isList(messages) ? messages.map((message) => (message === null ? null : { ...message })) : { ...messages }),
    fail,
    onInput: (listen) =>
      node.on('input', (message, _send, done) => {
        Promise.resolve()
          .then(() => listen(message))
          .then(
            () => done(),
            (error: unknown) => {
              show('red', error instanceof Error ? error.message.slice(0, 60) : String(error))
              done(error instanceof Error ? error : new Error(String(error)))
            },
          )
      }),
    onClose: (listen) =>
      node.on('close', (done: () => void) => {
        Promise.resolve()
          .then(listen)
          .catch(() => undefined)
          .then(done)
      }),
  }
}

function isList(messages: PaletteMessage | readonly (PaletteMessage | null)[]): messages is readonly (PaletteMessage | null)[] {
  return Array.isArray(messages)
}
