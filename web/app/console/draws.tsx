/** Draws by lot on the console: who stands, the list and its hash, the number drawn in public, the names. */
import { signal } from "@preact/signals"
import { attributeWord } from "../lib/attributes"
import { type Draw, type Quota, Result, draws, hasPage, planWords, quotaWords, titleWords, valueWord, volunteers } from "../lib/draws"
import { page } from "../lib/page"
import { n, t } from "../lib/texts"
import { Icon, Notice } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { byName, onTable, people, personName } from "./seen"

interface Standing {
  people: string[]
  groups?: { title: string[]; people: number }[]
  quotas?: (Quota & { people: number })[]
}

const digits = signal<Record<string, string>>({})
const voiding = signal<{ draw: string; reason: string } | null>(null)
/** Who is about to say no, so that one tap by mistake does nothing. */
const leaving = signal<string | null>(null)

export const drawCount = () => draws().length

export function Draws() {
  const item = onTable()?.item
  const all = draws().sort((a, b) => Number(b.id === item) - Number(a.id === item))
  return (
    <div class="c-draws">
      {all.map((it) => (
        <Card key={it.id} draw={it} />
      ))}
    </div>
  )
}

const STATES: Record<Draw["state"], () => string> = {
  planned: () => t("planned"),
  open: () => t("open"),
  closed: () => t("The list is being made"),
  impossible: () => t("not possible"),
  listed: () => t("The list is published"),
  drawn: () => t("drawn"),
  void: () => t("void"),
}

function Card({ draw }: { draw: Draw }) {
  const place = `draw-${draw.id}`
  return (
    <article class="c-card c-draw" aria-label={draw.title}>
      <h3>
        {draw.title} <span class="c-chip">{STATES[draw.state]()}</span>
      </h3>
      <ul class="c-printed">
        {planWords(draw).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      <Answer place={place} />
      {draw.state === "impossible" && <Lacks draw={draw} />}
      {draw.state === "void" && <p>{t("This draw does not count: {reason}", { reason: draw.voided.at(-1)?.reason ?? "" })}</p>}
      {["planned", "impossible", "void"].includes(draw.state) && <Begin draw={draw} place={place} />}
      {draw.state === "open" && <Open draw={draw} place={place} />}
      {draw.state === "closed" && <p role="status">{t("The list is being made. With quotas this takes some seconds.")}</p>}
      {draw.hash && <Published draw={draw} />}
      {hasPage(draw) && (
        <p>
          <a href={`/s/${page.seat}/draw/${draw.id}`} target="_blank" rel="noopener">
            {t("The page by which everybody can check this draw")}
          </a>
        </p>
      )}
      {draw.state === "listed" && may("draw.number") && <NumberForm draw={draw} place={place} />}
      {draw.state === "drawn" && <Drawn draw={draw} place={place} />}
      {may("draw.void") && !["planned", "void"].includes(draw.state) && <Void draw={draw} place={place} />}
    </article>
  )
}

function Begin({ draw, place }: { draw: Draw; place: string }) {
  if (!may("draw.open")) return null
  return (
    <div class="c-acts">
      {draw.among === "everybody" ? (
        <Act tone="main" icon="people" onPress={() => press(place, "draw.close", { draw: draw.id })}>
          {t("Make the list of everybody who is here")}
        </Act>
      ) : (
        <Act tone="main" icon="hand" onPress={() => press(place, "draw.open", { draw: draw.id })}>
          {t("Ask who would like to stand")}
        </Act>
      )}
    </div>
  )
}

function Open({ draw, place }: { draw: Draw; place: string }) {
  const it = value<Standing>(`draws.${draw.id}.standing`)
  return (
    <>
      <p class="c-draw-count" role="status">
        {n("{n} person stands", "{n} people stand", volunteers(draw.id))}
      </p>
      {it && <Counts draw={draw} standing={it} />}
      {it && may("people.telephone") && <ByTelephone draw={draw} place={place} standing={it.people} />}
      {may("draw.close") && (
        <div class="c-acts">
          <Act tone="main" icon="check" onPress={() => press(place, "draw.close", { draw: draw.id })} off={volunteers(draw.id) === 0}>
            {t("Close the list")}
          </Act>
        </div>
      )}
    </>
  )
}

/** How many there are of each that the rule speaks of, and where some are missing. */
function Counts({ draw, standing }: { draw: Draw; standing: Standing }) {
  const groups = draw.groups.length ? (standing.groups ?? []) : []
  const rows = [
    ...groups.map((it) => ({ words: titleWords(it.title), people: it.people, least: draw.seats })),
    ...(standing.quotas ?? []).map((it) => ({ words: quotaWords(it), people: it.people, least: it.least })),
  ]
  if (!rows.length) return null
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("Of whom")}</th>
          <th scope="col">{t("stand")}</th>
          <th scope="col">{t("needed")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((it) => (
          <tr key={it.words}>
            <th scope="row">{it.words}</th>
            <td>
              <b>{it.people}</b> {it.people < it.least && <Icon name="warn" />}
            </td>
            <td>{it.least || "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** For somebody who calls. */
function ByTelephone({ draw, place, standing }: { draw: Draw; place: string; standing: string[] }) {
  const known = new Set(standing)
  const citizens = people()
    .filter(([, it]) => it.role === "citizen")
    .sort(([, a], [, b]) => byName(a.name, b.name))
  return (
    <details>
      <summary>{t("Who stands, and for somebody on the telephone")}</summary>
      <ul class="c-members c-members-columns">
        {citizens.map(([id, it]) => (
          <li key={id}>
            <label class="c-check">
              <input
                type="checkbox"
                checked={known.has(id)}
                onChange={(event) =>
                  void press(place, "draw.volunteer", { draw: draw.id, person: id, yes: event.currentTarget.checked })
                }
              />
              {it.name}
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Lacks({ draw }: { draw: Draw }) {
  return (
    <Notice tone="warn">
      {!draw.unmade && (
        <p>{t("With those who stand, no draw keeps the quotas. Nothing is lost: ask for more people to stand, or draw by another rule.")}</p>
      )}
      <ul>
        {(draw.lacks ?? []).map((it, at) => (
          <li key={at}>{lackWords(it)}</li>
        ))}
      </ul>
    </Notice>
  )
}

function lackWords({ why, quota, here }: NonNullable<Draw["lacks"]>[number]): string {
  if (why === "time")
    return t("The list took too long to make. Nothing is lost: make it once more, or draw by fewer quotas or without them.")
  if (why === "fault")
    return t("The list could not be made because of a fault. Nothing is lost: make it once more, or call technical support.")
  if (!quota) return t("Only {here} people stand, fewer than the seats.", { here })
  const { least, most } = quota
  const what = { attribute: attributeWord(quota.attribute), value: valueWord(quota.value), here, least, most }
  if (why === "few") return t("{attribute}, {value}: {here} stand, at least {least} are needed.", what)
  if (why === "many")
    return t("{attribute}, {value}: {here} stand, {most} may be drawn at most, and the others do not fill the seats.", what)
  return t("{attribute}, {value}: the quotas do not go together. With {here} instead of {least} to {most} they would.", what)
}

function Published({ draw }: { draw: Draw }) {
  return (
    <>
      <p>
        {n("{n} person is on the list.", "{n} people are on the list.", volunteers(draw.id))}{" "}
        {draw.lowest !== null && t("The lowest chance is {n} in 1,000.", { n: draw.lowest })}
      </p>
      <p>
        {t("Hash of the list (SHA-256):")}
        <br />
        <code class="c-hash">{draw.hash}</code>
      </p>
    </>
  )
}

function NumberForm({ draw, place }: { draw: Draw; place: string }) {
  const typed = digits.value[draw.id] ?? ""
  const figures = draw.figures ?? 1
  const send = async () => {
    if (await press(place, "draw.number", { draw: draw.id, number: typed })) digits.value = {}
  }
  return (
    <form class="c-inline" onSubmit={(event) => (event.preventDefault(), void send())}>
      <p>
        {n(
          "Draw {n} digit in public, from 0 to 9, for all to see. Read it out, then type it here.",
          "Draw {n} digits in public, each from 0 to 9, for all to see. Read them out one after another, then type them here.",
          figures,
        )}
      </p>
      <label>
        <span>{t("The number that was drawn")}</span>
        <input
          required
          inputMode="numeric"
          autocomplete="off"
          pattern={`[0-9]{${figures}}`}
          maxLength={figures}
          value={typed}
          onInput={(event) => (digits.value = { [draw.id]: event.currentTarget.value.replace(/\D/g, "") })}
        />
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-main" disabled={typed.length !== figures}>
          {t("This number decides")}
        </button>
      </div>
    </form>
  )
}

function Drawn({ draw, place }: { draw: Draw; place: string }) {
  return (
    <>
      <p class="c-draw-count">{t("The number drawn: {number}", { number: draw.number ?? "" })}</p>
      <Result draw={draw} says={(who) => <SaysNo draw={draw} place={place} person={who.person ?? ""} />} />
    </>
  )
}

function SaysNo({ draw, place, person }: { draw: Draw; place: string; person: string }) {
  if (!may("draw.decline") || !person) return null
  const key = `${draw.id} ${person}`
  if (leaving.value !== key) return <Act tone="quiet" label={t("{name} says no", { name: personName(person) })} onPress={() => (leaving.value = key)}>{t("says no")}</Act>
  const send = async () => {
    if (await press(place, "draw.decline", { draw: draw.id, person })) leaving.value = null
  }
  return (
    <span class="c-acts">
      <span>{t("Then the next substitute moves up. This cannot be taken back.")}</span>
      <Act onPress={send}>{t("{name} says no", { name: personName(person) })}</Act>
      <Act tone="quiet" onPress={() => (leaving.value = null)}>{t("Cancel")}</Act>
    </span>
  )
}

function Void({ draw, place }: { draw: Draw; place: string }) {
  const open = voiding.value?.draw === draw.id ? voiding.value : null
  if (!open)
    return (
      <div class="c-acts">
        <Act tone="quiet" onPress={() => (voiding.value = { draw: draw.id, reason: "" })}>
          {t("Declare void …")}
        </Act>
      </div>
    )
  const send = async () => {
    if (await press(place, "draw.void", { draw: draw.id, reason: open.reason.trim() })) voiding.value = null
  }
  return (
    <form class="c-inline" onSubmit={(event) => (event.preventDefault(), void send())}>
      <p>{t("The draw does not count, everybody is told, and the record keeps it. It can be held again.")}</p>
      <label>
        <span>{t("Why is it void? Everybody can read this.")}</span>
        <input
          required
          maxLength={500}
          value={open.reason}
          onInput={(event) => (voiding.value = { draw: draw.id, reason: event.currentTarget.value })}
        />
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-alarm" disabled={!open.reason.trim()}>
          {t("Declare void")}
        </button>
        <Act onPress={() => (voiding.value = null)}>{t("Cancel")}</Act>
      </div>
    </form>
  )
}
