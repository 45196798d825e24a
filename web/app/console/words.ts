/** The console's words for the kinds that the house sends as bare names: modes, roles, instruments, calls. */

import { n, t } from "../lib/texts"
import type { ComposeRule } from "./shapes"

const pick = (words: Record<string, () => string>, name: string) => words[name]?.() ?? name

export const modeWord = (mode: string) =>
  pick(
    {
      lobby: () => t("Lobby"),
      plenary: () => t("Plenary"),
      hearing: () => t("Hearing"),
      breakout: () => t("Rooms"),
      individual: () => t("On one's own"),
      poll: () => t("Question to all"),
      vote: () => t("Vote"),
      draw: () => t("Drawing lots"),
      break: () => t("Break"),
    },
    mode,
  )

export const roleWord = (role: string) =>
  pick(
    {
      lead: () => t("Lead facilitator"),
      facilitator: () => t("Room facilitator"),
      "note-taker": () => t("Note-taker"),
      interpreter: () => t("Interpreter"),
      expert: () => t("Expert"),
      support: () => t("Support"),
      guest: () => t("Guest"),
      citizen: () => t("Citizen"),
      observer: () => t("Observer"),
      evaluator: () => t("Evaluator"),
    },
    role,
  )

export const instrumentWord = (name: string) =>
  pick(
    {
      dots: () => t("dot vote"),
      points: () => t("dot vote"),
      cards: () => t("cards"),
      clusters: () => t("clusters of cards"),
      questionnaire: () => t("questionnaire"),
      words: () => t("word cloud"),
      lot: () => t("drawing lots"),
      ranking: () => t("ranking"),
      approval: () => t("approval vote"),
      scale: () => t("scale question"),
      consent: () => t("consent round"),
      texts: () => t("texts side by side"),
      text: () => t("texts side by side"),
      feedback: () => t("feedback on texts"),
      notes: () => t("notes"),
      chat: () => t("chat"),
    },
    name,
  )

export const handWord = (kind: string) =>
  pick(
    {
      new: () => t("new point"),
      reply: () => t("reply"),
      "build-on": () => t("builds on it"),
      disagree: () => t("disagrees"),
      question: () => t("question"),
      "point-of-order": () => t("point of order"),
    },
    kind,
  )

export const helpWord = (kind: string) =>
  pick(
    {
      sound: () => t("Sound"),
      task: () => t("The task is not clear"),
      language: () => t("Language"),
      interpretation: () => t("Interpretation"),
      interpreters: () => t("Interpreters lost"),
      room: () => t("Room"),
      ready: () => t("Not everybody was ready"),
      telephone: () => t("By telephone"),
      break: () => t("Break"),
      lead: () => t("Lead absent"),
      "conduct-pause": () => t("Hand and writing paused"),
      "conduct-lobby": () => t("Sent to the lobby"),
      "conduct-exclude": () => t("Exclusion from voting"),
      "conduct-remove": () => t("Removed from the session"),
      person: () => t("A person"),
      behaviour: () => t("Behaviour"),
      content: () => t("Content"),
      technical: () => t("Technical"),
      other: () => t("Something else"),
    },
    kind,
  )

/** A room's name; one that is only a number is called a room. */
export const placeWord = (name: string) => (/^\d+\b/.test(name) ? t("Room {number}", { number: name }) : name)

/** What can be said with one tap of a call that is settled. */
export const OUTCOMES = ["solved", "telephoned", "by-itself", "not-solved"] as const

/** How a call or a lost team ended, by the names that the house keeps. */
export const OUTCOME_WORDS: Record<string, () => string> = {
  solved: () => t("Solved"),
  telephoned: () => t("Reached by telephone"),
  "by-itself": () => t("Went away by itself"),
  "not-solved": () => t("Could not be solved"),
  "heard-again": () => t("Heard again"),
  back: () => t("The interpreters came back"),
  "team-sent": () => t("Another team came"),
  mended: () => t("The rooms were mended"),
  "rooms-joined": () => t("Everybody went to another room"),
  caucus: () => t("The room was split by language"),
  written: () => t("The room went on with written summaries"),
  "rooms-closed": () => t("It ended when the rooms were closed"),
  "pause-ended": () => t("The pause was ended"),
  "let-back-in": () => t("They were let back in"),
  confirmed: () => t("A second member of the team confirmed it"),
  "given-up": () => t("It was given up"),
  "taken-over": () => t("Somebody else took over"),
  "lead-back": () => t("The lead came back"),
  "hung-up": () => t("They hung up"),
}

/** How a break that overran ended. */
export const BREAK_WORDS: Record<string, () => string> = {
  extended: () => t("The break was extended"),
  "went-on": () => t("We went on without them"),
  "all-back": () => t("Everybody came back"),
}

/** How something ended; words of somebody's own stay as they are. */
export const outcomeWord = (outcome: string) => pick(OUTCOME_WORDS, outcome)

export const presenceWord = (presence: string) =>
  pick({ telephone: () => t("by telephone"), here: () => t("here"), quiet: () => t("quiet"), gone: () => t("not here") }, presence)

export const askWord = (name: string) =>
  pick(
    {
      "session.start": () => t("Start"),
      "session.pause": () => t("Pause"),
      "session.resume": () => t("Resume"),
      "session.close": () => t("Close the session"),
      "session.reopen": () => t("Open the session again"),
      "agenda.next": () => t("Next"),
      "agenda.go": () => t("Go to"),
      "agenda.back": () => t("Back"),
      "agenda.undo": () => t("Undo"),
      "agenda.extend": () => t("Extend"),
      "agenda.hold": () => t("Hold"),
      "rooms.open": () => t("Open the rooms"),
      "rooms.recall": () => t("Call back"),
    },
    name,
  )

export const composeWord = (rule: ComposeRule) =>
  pick(
    {
      search: () => t("By what makes a good room"),
      random: () => t("At random, evenly per side"),
      language: () => t("By spoken language"),
      list: () => t("By the roster's list"),
      hand: () => t("By hand, rooms start empty"),
    },
    rule,
  )

const languageNames = new Map<string, string>()

export function languageName(code: string): string {
  const name = languageNames.get(code) ?? ownName(code)
  languageNames.set(code, name)
  return name
}

function ownName(code: string): string {
  try {
    const own = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code
    return own.charAt(0).toLocaleUpperCase(code) + own.slice(1)
  } catch {
    return code
  }
}

/** How long ago, in whole minutes and, under one, in words. */
export const waited = (ms: number) =>
  ms < 60_000 ? t("just now") : n("{n} min", "{n} min", Math.floor(ms / 60_000), { n: Math.floor(ms / 60_000) })

/** Minutes and seconds, as on a speaker's clock. */
export const clockFace = (seconds: number) => {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}
