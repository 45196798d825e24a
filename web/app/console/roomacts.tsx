/** What can be done to all rooms at once: tell them something, give more time, call them back. */
import { signal } from "@preact/signals"
import { n, t } from "../lib/texts"
import { may } from "../lib/view"
import { extend, recall } from "./acts"
import { MendAct } from "./mending"
import { Act } from "./press"
import { roomsState } from "./seen"
import { Tell } from "./tell"
import { ToldRooms } from "./told"

const telling = signal(false)
const countdown = signal(60)
const COUNTDOWNS = [120, 60, 30, 0]

export function RoomActs() {
  const open = roomsState() === "open"
  return (
    <div class="c-room-acts">
      <ToldRooms />
      {telling.value && <Tell place="rooms" done={() => (telling.value = false)} />}
      <div class="c-acts">
        {may("rooms.tell") && (
          <Act icon="letter" expanded={telling.value} onPress={() => (telling.value = !telling.value)}>
            {t("Tell all rooms")}
          </Act>
        )}
        {open && may("rooms.extend") && (
          <Act icon="plus" onPress={() => extend(300, "rooms.extend", "rooms")}>
            {t("5 min more")}
          </Act>
        )}
        <MendAct />
        {open && may("rooms.recall") && (
          <span class="c-recall">
            <select
              aria-label={t("Countdown before everybody comes back")}
              value={countdown.value}
              onChange={(event) => (countdown.value = Number(event.currentTarget.value))}
            >
              {COUNTDOWNS.map((seconds) => (
                <option key={seconds} value={seconds}>
                  {seconds ? n("in {n} s", "in {n} s", seconds) : t("at once")}
                </option>
              ))}
            </select>
            <Act icon="back" onPress={() => recall(countdown.value, "rooms")}>
              {t("Call back")}
            </Act>
          </span>
        )}
      </div>
    </div>
  )
}
