/** What this person may see: layers of paths sent by the server, one signal for each path that somebody looks at. */
import { batch, signal, type ReadonlySignal, type Signal } from "@preact/signals"

export type LayerName = "session" | "room" | "mine"

export interface Patch {
  layer: LayerName
  since: number
  version: number
  epoch?: string
  put: Record<string, unknown>
  drop: string[]
}

interface Layer {
  version: number
  paths: Map<string, unknown>
}

/** The same value of many things: what `each` gives. */
interface Row {
  prefix: string
  name: string
  matches: (path: string) => boolean
  shown: Signal<[string, unknown][]>
}

const NAMES: readonly LayerName[] = ["session", "room", "mine"]
const layers = new Map<LayerName, Layer>()
const values = new Map<string, Signal<unknown>>()
const shelves = new Map<string, Signal<[string, unknown][]>>()
const rows = new Map<string, Row>()
const complete = signal(false)
const lost = signal(false)
let epoch: string | undefined

/** True once what everybody sees and what only I see have both arrived. */
export const ready: ReadonlySignal<boolean> = complete

/** True where the server came back without its last moments, until somebody has read that it did. */
export const lostMoments: Signal<boolean> = lost

/** The value at a path, or undefined. Whoever draws with it is drawn again when it changes. */
export function value<T>(path: string): T | undefined {
  return at(path).value as T | undefined
}

/**
 * All entries `prefix.<key>` with exactly one more segment, as [key, value], sorted by key.
 * Mind that fixed names are entries too: under("rooms") also gives "move", under("people") "present".
 */
export function under<T>(prefix: string): [string, T][] {
  let shelf = shelves.get(prefix)
  if (!shelf) {
    shelf = signal(entries(prefix))
    shelves.set(prefix, shelf)
  }
  return shelf.value as [string, T][]
}

/** All values at `prefix.<key>.name`, as [key, value], sorted by key. */
export function each<T>(prefix: string, name: string): [string, T][] {
  const pattern = `${prefix}.*.${name}`
  let row = rows.get(pattern)
  if (!row) {
    row = { matches: (path) => matches(path, prefix, name), prefix, shown: signal(across(prefix, name)), name }
    rows.set(pattern, row)
  }
  return row.shown.value as [string, T][]
}

/** Whether this person may ask for something now. */
export function may(ask: string): boolean {
  return value<{ may?: string[] }>("me")?.may?.includes(ask) ?? false
}

/** Takes in a patch. False when something before it is missing: then everything must be asked for again. */
export function apply(patch: Patch): boolean {
  const layer = layers.get(patch.layer)
  if (patch.since !== 0 && layer?.version !== patch.since) return false
  const changed = patch.since === 0 ? replace(patch, layer) : amend(patch, layer as Layer)
  show(changed)
  return true
}

function at(path: string): Signal<unknown> {
  let found = values.get(path)
  if (!found) {
    found = signal(union(path))
    values.set(path, found)
  }
  return found
}

function union(path: string): unknown {
  let found: unknown
  for (const name of NAMES) {
    const paths = layers.get(name)?.paths
    if (paths?.has(path)) found = paths.get(path)
  }
  return found
}

function entries(prefix: string): [string, unknown][] {
  const found = new Map<string, unknown>()
  const start = `${prefix}.`
  for (const name of NAMES)
    for (const [path, held] of layers.get(name)?.paths ?? [])
      if (path.startsWith(start) && !path.includes(".", start.length)) found.set(path.slice(start.length), held)
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

function matches(path: string, prefix: string, name: string): boolean {
  return path.startsWith(`${prefix}.`) && path.endsWith(`.${name}`) && path.split(".").length === 3
}

function across(prefix: string, name: string): [string, unknown][] {
  const found = new Map<string, unknown>()
  for (const layer of NAMES)
    for (const [path, held] of layers.get(layer)?.paths ?? []) if (matches(path, prefix, name)) found.set(path.split(".")[1] ?? "", held)
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

function replace(patch: Patch, before: Layer | undefined): Set<string> {
  if (patch.layer === "session") noteEpoch(patch.epoch)
  layers.set(patch.layer, { version: patch.version, paths: new Map(Object.entries(patch.put)) })
  return new Set([...(before?.paths.keys() ?? []), ...Object.keys(patch.put)])
}

/** Another epoch than before: this is not the history that was seen, some of it was lost. */
function noteEpoch(next: string | undefined): void {
  if (epoch !== undefined && next !== undefined && next !== epoch) lost.value = true
  epoch = next ?? epoch
}

function amend(patch: Patch, layer: Layer): Set<string> {
  for (const path of patch.drop) layer.paths.delete(path)
  for (const [path, put] of Object.entries(patch.put)) layer.paths.set(path, put)
  layer.version = patch.version
  return new Set([...patch.drop, ...Object.keys(patch.put)])
}

function show(changed: Set<string>): void {
  batch(() => {
    const touched = new Map<string, string[]>()
    for (const path of changed) {
      const cut = path.lastIndexOf(".")
      const prefix = path.slice(0, cut)
      const keys = touched.get(prefix)
      if (keys) keys.push(path.slice(cut + 1))
      else touched.set(prefix, [path.slice(cut + 1)])
      const watched = values.get(path)
      if (watched) settle(watched, union(path))
    }
    for (const [prefix, keys] of touched) {
      const shelf = shelves.get(prefix)
      if (shelf) shelf.value = amended(shelf.peek(), prefix, keys) ?? entries(prefix)
    }
    for (const row of rows.values()) if ([...changed].some(row.matches)) row.shown.value = across(row.prefix, row.name)
    complete.value = layers.has("session") && layers.has("mine")
  })
}

/** Those entries with the new values of some of them; null where one came or went, so that all must be gathered anew. */
function amended(held: [string, unknown][], prefix: string, keys: readonly string[]): [string, unknown][] | null {
  if (keys.length > held.length) return null
  const next = [...held]
  for (const key of keys) {
    const path = `${prefix}.${key}`
    const place = placeOf(held, key)
    if (held[place]?.[0] !== key || !NAMES.some((name) => layers.get(name)?.paths.has(path))) return null
    next[place] = [key, union(path)]
  }
  return next
}

/** Where a key stands, or would stand, among entries sorted by key. */
function placeOf(held: readonly [string, unknown][], key: string): number {
  let [from, to] = [0, held.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((held[middle]?.[0] ?? "") < key) from = middle + 1
    else to = middle
  }
  return from
}

/** A layer sent whole brings many values that are equal to the ones held: nothing is drawn again for these. */
function settle(watched: Signal<unknown>, next: unknown): void {
  const held = watched.peek()
  if (held === next) return
  if (typeof next === "object" && next !== null && JSON.stringify(held) === JSON.stringify(next)) return
  watched.value = next
}
