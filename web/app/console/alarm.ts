/** An alarm: something that the lead must decide now, with what can be done about it, each one tap. */

export interface Repair {
  kind: string
  ask: string
  body: Record<string, unknown>
  /** What its sentence speaks of: ids of persons and rooms, counts. */
  about: Record<string, string | number>
}

export interface Alarm {
  ref: string
  kind: string
  room: string
  since: number | null
  about: Record<string, string | number>
  repairs: Repair[]
}

/** A sentence for each kind of alarm, and a button's words for each kind of repair. */
export interface AlarmWords {
  alarm: Record<string, (it: Alarm) => string>
  repair: Record<string, (it: Repair) => string>
}
