/** A question in the making: what the form holds, how it begins, and what is asked of the house with it. */
import { signal } from "@preact/signals"
import type { Rule, Scheme } from "../../lib/polls"
import { press } from "../press"
import { itemNow } from "../seen"
import type { PollPlan, Texts, Titled } from "../shapes"
import { METHODS, hasOptions, hasThreshold } from "./words"

export interface DraftText extends Titled {
  body: Texts
  measures: Titled[]
}

export interface Voters {
  /** null: everybody checked in. */
  sides: string[] | null
  rooms: string[] | null
  roles: string[]
  people: string[] | null
}

export interface Draft {
  method: string
  question: Texts
  options: Titled[]
  /** Not empty: one paper over all these. */
  texts: DraftText[]
  scheme: Omit<Scheme, "bands"> & { bands: { up_to: number; title: Texts }[] }
  rule: Rule | null
  seconds: number
  secret: boolean
  by_side: boolean
  each_room: boolean
  receipts: boolean
  patterns: boolean
  trial: boolean
  late: number
  split: string
  voters: Voters
}

export const MAJORITY: Rule = { threshold: "1/2", compare: ">", base: "yes+no" }
const EVERYBODY: Voters = { sides: null, rooms: null, roles: [], people: null }
const SCALE = { lowest: 1, highest: 6 }

export const formOpen = signal(false)
export const draft = signal<Draft>(blank())

export const change = (part: Partial<Draft>) => (draft.value = { ...draft.value, ...part })
export const changeRule = (part: Partial<Rule>) => change({ rule: { ...(draft.value.rule ?? MAJORITY), ...part } })
export const changeVoters = (part: Partial<Voters>) => change({ voters: { ...draft.value.voters, ...part } })

/** An empty field is no value at all. */
export function changeScheme(part: { [Name in keyof Draft["scheme"]]?: Draft["scheme"][Name] | undefined }): void {
  const entries = Object.entries({ ...draft.value.scheme, ...part }).filter(([, it]) => it !== undefined)
  change({ scheme: Object.fromEntries(entries) as unknown as Draft["scheme"] })
}

export function titled(prefix: string, number: number): Titled {
  return { id: `${prefix}${number}`, title: {} }
}

/** The first number after that prefix that no id has yet. */
export const freeNumber = (prefix: string, ids: readonly string[]) =>
  Math.max(0, ...ids.filter((id) => id.startsWith(prefix)).map((id) => Number(id.slice(prefix.length)) || 0)) + 1

export function blank(): Draft {
  return {
    method: "yes-no-abstain",
    question: {},
    options: [titled("o", 1), titled("o", 2)],
    texts: [],
    scheme: { ...SCALE, bands: [] },
    rule: MAJORITY,
    seconds: 0,
    secret: false,
    by_side: false,
    each_room: false,
    receipts: false,
    patterns: false,
    trial: false,
    late: 0,
    split: "1/10",
    voters: EVERYBODY,
  }
}

function fromPlan(plan: PollPlan): Draft {
  const begun = blank()
  const known = METHODS.some((it) => it === plan.method)
  return {
    ...begun,
    ...(known ? { method: plan.method } : {}),
    question: { ...plan.question },
    options: plan.options?.length ? plan.options : begun.options,
    texts: (plan.texts ?? []).map((it) => ({ body: {}, measures: [], ...it })),
    scheme: { ...begun.scheme, ...plan.scheme, bands: plan.scheme?.bands?.map(whole) ?? [] },
    rule: plan.rule ?? null,
    seconds: plan.seconds ?? 0,
    secret: plan.secret ?? false,
    by_side: plan.by_side ?? false,
    each_room: plan.each_room ?? false,
    receipts: plan.receipts ?? false,
    patterns: plan.patterns ?? false,
    trial: plan.trial ?? false,
    late: plan.late ?? 0,
    split: plan.split ?? begun.split,
  }
}

/** A programme keeps hundredths. */
const whole = (band: { up_to: number; title: Texts }) => ({ ...band, up_to: band.up_to / 100 })

export function startForm(): void {
  const plan = itemNow()?.poll
  if (!typedAnything()) draft.value = plan ? fromPlan(plan) : blank()
  formOpen.value = true
}

const typedAnything = () => Object.values(draft.value.question).some((it) => it.trim())

/** Another method: its rule counts what that method has. */
export function changeMethod(method: string): void {
  const { rule, method: before } = draft.value
  const had = hasThreshold(before) ? rule : MAJORITY
  const base = method === "yes-no-abstain" || method === "consent" ? "yes+no" : "cast"
  change({ method, rule: hasThreshold(method) && had ? { ...had, base } : null, patterns: false })
}

/** Several winners by rounds are counted from whole orders, which are then published. */
export const needsPatterns = ({ method, scheme, options }: Draft) =>
  method === "ranking" && ["irv", "stv"].includes(scheme.count ?? "") && options.length > 3

/** Only where an answer is one slip: several under one code would show together what was taken apart. */
export const givesReceipts = (it: Draft) =>
  it.secret &&
  (["single", "yes-no-abstain", "scale", "consent"].includes(it.method) ||
    (["points", "ranking"].includes(it.method) && (it.patterns || needsPatterns(it))))

export async function add(): Promise<boolean> {
  if (!(await press("pollform", "poll.add", asked(draft.value)))) return false
  draft.value = blank()
  formOpen.value = false
  return true
}

/** What the house is asked to draft. */
export function asked(it: Draft): Record<string, unknown> {
  const voters = votersAsked(it.voters)
  return {
    question: tidy(it.question),
    method: it.method,
    ...(hasOptions(it.method) ? { options: it.options.map(titledAsked) } : {}),
    ...(it.texts.length ? { texts: it.texts.map(textAsked) } : {}),
    ...schemeAsked(it),
    ...(it.rule ? { rule: ruleAsked(it.rule) } : {}),
    ...(it.seconds ? { seconds: it.seconds } : {}),
    ...(it.secret ? { secret: true } : {}),
    ...(it.by_side ? { "by-side": true } : {}),
    ...(it.each_room ? { "each-room": true } : {}),
    ...(it.receipts && givesReceipts(it) ? { receipts: true } : {}),
    ...(it.patterns || needsPatterns(it) ? { patterns: true } : {}),
    ...(it.trial ? { trial: true } : {}),
    ...(it.late ? { late: it.late } : {}),
    ...(it.texts.some((text) => text.measures.length) ? { split: it.split } : {}),
    ...(voters ? { electorate: voters } : {}),
  }
}

export const tidy = (texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts)
      .map(([code, it]) => [code, it.trim()])
      .filter(([, it]) => it),
  )

const titledAsked = (it: Titled) => ({ id: it.id, title: tidy(it.title) })

function textAsked(it: DraftText) {
  const body = tidy(it.body)
  return {
    ...titledAsked(it),
    ...(Object.keys(body).length ? { body } : {}),
    ...(it.measures.length ? { measures: it.measures.map(titledAsked) } : {}),
  }
}

function schemeAsked({ method, scheme }: Draft): Record<string, unknown> {
  const { lowest, highest, points, most, top, count = "borda", seats, veto, bands } = scheme
  const given = (all: Record<string, number | undefined>) =>
    Object.fromEntries(Object.entries(all).filter(([, it]) => it !== undefined))
  switch (method) {
    case "scale": {
      const named = bands.map((it) => ({ "up-to": it.up_to, title: tidy(it.title) }))
      return { ...given({ from: lowest, to: highest }), ...(named.length ? { bands: named } : {}) }
    }
    case "points":
      return given({ points: points ?? 5, max: most, seats })
    case "ranking":
      return { count, ...given({ top, seats: count === "stv" ? (seats ?? 2) : count === "irv" ? undefined : seats }) }
    case "consent":
      return veto ? { veto: true } : {}
    case "approval":
      return given({ max: most, seats })
    case "words":
      return given({ max: most })
    default:
      return {}
  }
}

function ruleAsked(rule: Rule): Record<string, unknown> {
  const { threshold, compare, base, quorum, ties, components } = rule
  return {
    threshold,
    compare,
    base,
    ...(quorum ? { quorum } : {}),
    ...(rule["each-side"] ? { "each-side": true } : {}),
    ...(ties?.length ? { ties } : {}),
    ...(components?.length ? { components } : {}),
  }
}

function votersAsked({ sides, rooms, roles, people }: Voters): Record<string, unknown> | null {
  const found = {
    ...(people ? { people } : {}),
    ...(sides?.length ? { sides } : {}),
    ...(rooms?.length ? { rooms } : {}),
    ...(roles.length ? { roles: ["citizen", ...roles] } : {}),
  }
  return Object.keys(found).length ? found : null
}
