/** What the desk does for one person: a new code, the telephone, their hand, who accompanies them. */
import { useState } from "preact/hooks"
import { t } from "../lib/texts"
import { may, value } from "../lib/view"
import { NewCode } from "./newcode"
import { Act, press } from "./press"
import { byName, me, people, person, personName } from "./seen"
import type { Hand, Person } from "./shapes"

const HELPERS = new Set(["guest", "interpreter", "expert"])

export function PersonActs({ id, place }: { id: string; place: string }) {
  const it = person(id)
  if (!it) return null
  return (
    <>
      {may("people.telephone") && (it.role !== "lead" || me()?.role === "lead") && <NewCode person={id} />}
      {may("people.telephone") && <Telephone id={id} it={it} place={place} />}
      {it.by_telephone && may("hand.raise") && it.role === "citizen" && <Hands id={id} it={it} place={place} />}
      {may("people.belongs") && <Company id={id} it={it} place={place} />}
    </>
  )
}

/** What somebody consented to, where they were asked. */
export function Consent({ person: it }: { person: Person }) {
  return it.consent ? <p class="c-soft">{consentWords(it.consent)}</p> : null
}

function consentWords({ seen, quoted }: { seen: boolean; quoted: boolean }): string {
  if (seen) return quoted ? t("May be seen and quoted") : t("May be seen, but not quoted")
  return quoted ? t("May be quoted, but not seen") : t("May neither be seen nor quoted")
}

interface Props {
  id: string
  it: Person
  place: string
}

function Telephone({ id, it, place }: Props) {
  const on = !it.by_telephone
  return (
    <Act
      icon="phone"
      label={on ? t("{name} is here by telephone", { name: it.name }) : t("{name} has hung up", { name: it.name })}
      onPress={() => press(place, "people.telephone", { person: id, on })}
    >
      {on ? t("Here by telephone") : t("Has hung up")}
    </Act>
  )
}

/** Whether a hand is up is known in one's own room only; elsewhere both are offered. */
function Hands({ id, it, place }: Props) {
  const here = it.room === me()?.room
  const up = value<Hand[]>("floor.hands")?.some((hand) => hand.person === id)
  return (
    <>
      {(!here || !up) && (
        <Act
          icon="hand"
          label={t("Raise the hand of {name}", { name: it.name })}
          onPress={() => press(place, "hand.raise", { person: id })}
        >
          {t("Raise their hand")}
        </Act>
      )}
      {(!here || up) && (
        <Act
          icon="hand-down"
          label={t("Lower the hand of {name}", { name: it.name })}
          onPress={() => press(place, "hand.lower", { person: id })}
        >
          {t("Lower their hand")}
        </Act>
      )}
    </>
  )
}

/** A helper belongs to somebody; somebody is accompanied by helpers. */
function Company({ id, it, place }: Props) {
  if (it.belongs) {
    const name = personName(it.belongs)
    return (
      <span class="c-company">
        {t("Accompanies {name}", { name })}
        <Act tone="quiet" onPress={() => press(place, "people.belongs", { person: id })}>
          {t("No longer")}
        </Act>
      </span>
    )
  }
  if (it.role !== "citizen") return null
  const theirs = people().filter(([, other]) => other.belongs === id)
  return (
    <>
      {theirs.map(([helper, other]) => (
        <span key={helper} class="c-company">
          {t("Accompanied by {name}", { name: other.name })}
          <Act
            tone="quiet"
            label={t("No longer accompanied by {name}", { name: other.name })}
            onPress={() => press(place, "people.belongs", { person: helper })}
          >
            {t("No longer")}
          </Act>
        </span>
      ))}
      <Helper id={id} it={it} place={place} />
    </>
  )
}

function Helper({ id, it, place }: Props) {
  const [open, setOpen] = useState(false)
  const [chosen, choose] = useState("")
  const free = people()
    .filter(([, other]) => HELPERS.has(other.role) && !other.belongs)
    .sort(([, a], [, b]) => byName(a.name, b.name))
  if (!free.length) return null
  const done = async () => {
    if (!(await press(place, "people.belongs", { person: chosen, to: id }))) return
    choose("")
    setOpen(false)
  }
  return (
    <>
      <Act tone="quiet" expanded={open} label={t("A helper for {name}", { name: it.name })} onPress={() => setOpen(!open)}>
        {t("A helper")}
      </Act>
      {open && (
        <span class="c-mover">
          <select
            aria-label={t("Helper or interpreter who goes with {name}", { name: it.name })}
            value={chosen}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">{t("Choose a helper")}</option>
            {free.map(([helper, other]) => (
              <option key={helper} value={helper}>
                {other.name}
              </option>
            ))}
          </select>
          <Act off={!chosen} label={t("Let this helper go with {name}", { name: it.name })} onPress={done}>
            {t("Goes along")}
          </Act>
        </span>
      )}
    </>
  )
}
