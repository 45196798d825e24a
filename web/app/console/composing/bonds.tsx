/** Who sits together and who must not meet: one dialog, from the form that composes rooms and from a person's menu. */
import { signal } from "@preact/signals"
import { useState } from "preact/hooks"
import { list, n, t } from "../../lib/texts"
import { Dialog, Icon } from "../../lib/ui"
import { may, value } from "../../lib/view"
import { Act, Answer, hush, press } from "../press"
import { byName, people, personName } from "../seen"
import type { Bond } from "./shapes"

const PLACE = "bonds"
/** So many names are offered while one is typed. */
const OFFERED = 8

const bonds = () => value<Bond[]>("rooms.bonds") ?? []
const chosen = signal<string[] | null>(null)

/** Opens the dialog, with these people chosen already. */
export const openBonds = (...people: string[]) => (chosen.value = people)

export function BondsOpener() {
  if (!may("rooms.bond")) return null
  const count = bonds().length
  return (
    <Act tone="quiet" icon="people" onPress={() => openBonds()}>
      {count ? n("Together or apart: {n} rule …", "Together or apart: {n} rules …", count) : t("Together or apart …")}
    </Act>
  )
}

export function BondsDialog() {
  const open = chosen.value !== null
  const close = () => {
    hush(PLACE)
    chosen.value = null
  }
  return (
    <Dialog title={t("Together or apart")} open={open} onClose={close} class="c-confirm c-bonds">
      <p class="c-soft">{t("This holds for rooms composed from now on. Only those who lead see it.")}</p>
      <Held />
      <NewBond />
      <Answer place={PLACE} />
    </Dialog>
  )
}

function Held() {
  if (!bonds().length) return null
  return (
    <ul class="c-members">
      {bonds().map((it) => {
        const names = list(it.people.map(personName).sort(byName))
        return (
          <li key={`${it.kind} ${it.people.join(" ")}`}>
            <span class="c-member-name">
              {it.kind === "together" ? t("Together: {names}", { names }) : t("Apart: {names}", { names })}
            </span>
            <Act
              tone="quiet"
              label={t("Take back: {names}", { names })}
              onPress={() => press(PLACE, "rooms.bond", { people: it.people, kind: "none" })}
            >
              {t("Take back")}
            </Act>
          </li>
        )
      })}
    </ul>
  )
}

function NewBond() {
  const ids = chosen.value ?? []
  const add = (id: string) => (chosen.value = [...ids, id])
  const bond = async (kind: Bond["kind"]) => {
    const done = await press(PLACE, "rooms.bond", { people: ids, kind })
    if (!done || chosen.value === null) return // closed meanwhile, it stays closed
    chosen.value = []
    seekAgain()
  }
  return (
    <section class="c-new-bond" aria-label={t("One more rule")}>
      <h3>{t("One more rule")}</h3>
      <ul class="c-chosen" aria-label={t("Chosen people")}>
        {ids.map((id) => (
          <li key={id}>
            <button type="button" class="c-chip c-chosen-one" onClick={() => (chosen.value = ids.filter((it) => it !== id))}>
              {personName(id)} <Icon name="close" />
              <span class="unseen">{t("Remove")}</span>
            </button>
          </li>
        ))}
      </ul>
      <Seek not={ids} take={add} />
      <div class="c-acts">
        <Act tone="main" off={ids.length < 2} onPress={() => bond("together")}>
          {t("Sit together")}
        </Act>
        <Act off={ids.length < 2} onPress={() => bond("apart")}>
          {t("Must not meet")}
        </Act>
      </div>
    </section>
  )
}

/** What was pressed is gone or off now: the next thing to do is to name somebody. */
const seekAgain = () => document.getElementById("c-bond-seek")?.focus()

/** Somebody by a part of their name. */
function Seek({ not, take }: { not: readonly string[]; take: (id: string) => void }) {
  const [sought, seek] = useState("")
  const words = sought.trim().toLowerCase()
  const found = people()
    .filter(([id, it]) => it.role === "citizen" && !not.includes(id) && words && it.name.toLowerCase().includes(words))
    .sort(([, a], [, b]) => byName(a.name, b.name))
    .slice(0, OFFERED)
  const choose = (id: string) => {
    take(id)
    seek("")
    seekAgain()
  }
  return (
    <>
      <label for="c-bond-seek">{t("Add somebody by name")}</label>
      <input
        id="c-bond-seek"
        type="search"
        autocomplete="off"
        value={sought}
        onInput={(event) => seek(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found
          if (event.key !== "Enter" || !first) return
          event.preventDefault()
          choose(first[0])
        }}
      />
      <ul class="c-found" aria-label={t("Found")}>
        {found.map(([id, it]) => (
          <li key={id}>
            <Act tone="quiet" icon="plus" onPress={() => choose(id)}>
              {it.name}
            </Act>
          </li>
        ))}
      </ul>
    </>
  )
}
