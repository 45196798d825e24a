/** Teams of interpreters as they work now: one dialog, in which a lead changes how they do. */
import { signal } from "@preact/signals"
import { list, n, t } from "../../lib/texts"
import { Dialog } from "../../lib/ui"
import { may, value } from "../../lib/view"
import { Act, Answer, hush, press } from "../press"
import { byName, personName } from "../seen"
import { languageName } from "../words"
import type { TeamShown } from "./shapes"
import { TeamForm, type TeamSaid } from "./teamform"

const PLACE = "teams"

const teams = () => value<TeamShown[]>("rooms.teams") ?? []
const open = signal(false)

/** Somebody who interprets alone is called by name. */
const called = (it: TeamShown) => (it.people.includes(it.id) ? personName(it.id) : it.id)

export function TeamsOpener() {
  const count = teams().length
  if (!may("rooms.team") || !count) return null
  return (
    <Act tone="quiet" icon="speak" onPress={() => (open.value = true)}>
      {n("Interpreters: {n} team …", "Interpreters: {n} teams …", count)}
    </Act>
  )
}

export function TeamsDialog() {
  const close = () => {
    hush(PLACE)
    open.value = false
  }
  const all = [...teams()].sort((a, b) => byName(called(a), called(b)))
  return (
    <Dialog title={t("Teams of interpreters")} open={open.value} onClose={close} class="c-confirm c-booths-dialog">
      <p class="c-soft">
        {t("What you say here counts instead of the programme, from now on. Nobody changes rooms by it; compose again for that.")}
      </p>
      <Answer place={PLACE} />
      <ul class="c-booths">
        {all.map((it) => (
          <Team key={it.id} team={it} />
        ))}
      </ul>
    </Dialog>
  )
}

function Team({ team }: { team: TeamShown }) {
  const name = called(team)
  const heading = `c-booth-${team.people[0] ?? team.id}`
  const say = (said: TeamSaid | null) => press(PLACE, "rooms.team", { team: team.id, ...said })
  return (
    <li aria-labelledby={heading}>
      <h3 id={heading}>
        {name}
        {team.said && <span class="c-chip">{t("changed here")}</span>}
      </h3>
      {name === team.id && <p class="c-soft">{list(team.people.map(personName).sort(byName))}</p>}
      <Facts team={team} />
      <TeamForm name={name} team={team} say={say} />
    </li>
  )
}

function Facts({ team }: { team: TeamShown }) {
  if (!team.works)
    return <p>{t("The programme does not name this team: it works in no room until you say how.")}</p>
  return (
    <ul class="c-booth-facts">
      <li>{team.languages.length ? list(team.languages.map(languageName)) : t("All languages")}</li>
      {team.booth && <li>{t("Booth: {booth}", { booth: team.booth })}</li>}
      <li>{n("Turns of {n} minute", "Turns of {n} minutes", team.turn)}</li>
      {team.relay && <li>{t("Relay: {language}", { language: languageName(team.relay) })}</li>}
    </ul>
  )
}
