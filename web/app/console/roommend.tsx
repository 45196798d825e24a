/** The alarms of one room, where it is opened: what is wrong, and what mends it, each one tap. */
import { clockTime } from "../lib/clock"
import { t } from "../lib/texts"
import { Notice } from "../lib/ui"
import { may, under } from "../lib/view"
import type { Alarm } from "./alarm"
import { Act, press } from "./press"
import { ROOM_ALARMS } from "./roomalarms"

export function RoomAlarms({ room }: { room: string }) {
  const mine = under<Alarm>("alarm").filter(([, it]) => it.room === room && it.kind in ROOM_ALARMS.alarm)
  return (
    <>
      {mine.map(([ref, it]) => (
        <One key={ref} alarm={it} />
      ))}
    </>
  )
}

function One({ alarm: it }: { alarm: Alarm }) {
  return (
    <Notice tone="alarm">
      <p>
        <strong>{ROOM_ALARMS.alarm[it.kind]?.(it)}</strong>
        {it.since !== null && <> {t("since {time}", { time: clockTime(it.since, true) })}</>}
      </p>
      <div class="c-acts">
        {it.repairs
          .filter((repair) => may(repair.ask) && ROOM_ALARMS.repair[repair.kind])
          .map((repair, place) => (
            <Act
              key={repair.kind}
              tone={place === 0 ? "main" : "plain"}
              onPress={() => press("drawer", repair.ask, repair.body)}
            >
              {ROOM_ALARMS.repair[repair.kind]?.(repair)}
            </Act>
          ))}
      </div>
    </Notice>
  )
}
