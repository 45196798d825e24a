/** Where the voices are: one large button to the meeting outside, and the number to dial instead. */
import { CannotHear } from "./interpretation"
import { kept } from "./kept"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import type { Room } from "./shapes"

const joined = kept("sound")

export function Sound({ room }: { room: Room }) {
  const link = room.link
  if (!link?.url && !link?.dial) return null
  const fresh = joined.value !== room.id
  return (
    <section class="sound" aria-label={t("Sound")}>
      {fresh && room.kind === "breakout" && <p>{t("This room has its own sound. Please join it.")}</p>}
      {fresh && room.kind === "plenary" && <p>{t("Here you hear everybody. Please join the sound.")}</p>}
      {link.url && (
        <a
          class={`button ${fresh ? "main" : ""} wide tall`}
          href={link.url}
          target="_blank"
          rel="noopener noreferrer"
          onClick={() => (joined.value = room.id)}
        >
          <Icon name="sound" />
          <span>{fresh ? t("Join the sound") : t("Join the sound again")}</span>
        </a>
      )}
      {link.dial && <Dial dial={link.dial} pin={link.pin ?? null} />}
      <CannotHear />
    </section>
  )
}

function Dial({ dial, pin }: { dial: string; pin: string | null }) {
  return (
    <a class="dial" href={`tel:${dial.replace(/[^+\d]/g, "")}`}>
      <Icon name="phone" />
      <span class="dial-lines">
        <span>
          <span class="dial-words">{t("By telephone")}</span> <b>{dial}</b>
        </span>
        {pin && (
          <span>
            <span class="dial-words">{t("PIN")}</span> <b>{pin}</b>
          </span>
        )}
      </span>
    </a>
  )
}
