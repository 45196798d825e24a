/** Before the help desk's calls: who waits in the lobby, and what waits for a second member of the team. */
import { now } from "../lib/clock"
import { reasonWords } from "../lib/reasons"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, under } from "../lib/view"
import { type Conduct, mayHold } from "./conduct"
import { SecondsWanted } from "./polls/second"
import { ReadBacks } from "./polls/telephone"
import { Act, Answer, press } from "./press"
import { me, personName } from "./seen"
import { untoast } from "./toast"
import { waited } from "./words"

export function Held() {
  const all = under<Conduct>("conduct")
  const lobby = all.filter(([id, it]) => it.lobby && !it.removed && mayHold(id))
  const excluded = all.filter(([, it]) => it.excluded && !it.excluded.confirmed && may("people.exclude.confirm"))
  return (
    <>
      <ReadBacks />
      <SecondsWanted />
      {lobby.map(([id, it]) => it.lobby && <InLobby key={`lobby ${id}`} id={id} it={it.lobby} />)}
      {excluded.map(([id, it]) => it.excluded && <Waiting key={`vote ${id}`} id={id} it={it.excluded} />)}
      <Answer place="held" />
    </>
  )
}

function InLobby({ id, it }: { id: string; it: NonNullable<Conduct["lobby"]> }) {
  const name = personName(id)
  const back = async () => {
    if (await press("held", "people.return", { person: id })) untoast("people.return", id)
  }
  return (
    <div class="c-call c-held">
      <p class="c-call-head">
        <Icon name="clock" />
        <strong>{t("{name} is in the lobby", { name })}</strong>
        <span class="c-soft">{waited(now.value - it.at)}</span>
      </p>
      <p class="c-call-text">{reasonWords(it.ready, it.reason)}</p>
      <div class="c-acts">
        <Act icon="back" label={t("Let back in: {name}", { name })} onPress={back}>
          {t("Let back in")}
        </Act>
      </div>
    </div>
  )
}

function Waiting({ id, it }: { id: string; it: NonNullable<Conduct["excluded"]> }) {
  const name = personName(id)
  const own = it.asked_by === me()?.person
  return (
    <div class="c-call c-call-waiting">
      <p class="c-call-head">
        <Icon name="vote" />
        <strong>
          {own
            ? t("You ask to exclude {name} from voting. A second member of the team must confirm.", { name })
            : t("{by} asks to exclude {name} from voting.", { by: it.by, name })}
        </strong>
      </p>
      <p class="c-call-text">{reasonWords(it.ready, it.reason)}</p>
      <div class="c-acts">
        {!own && (
          <Act tone="alarm" onPress={() => press("held", "people.exclude.confirm", { person: id })}>
            {t("Confirm the exclusion")}
          </Act>
        )}
        {may("people.include") && (
          <Act tone="quiet" onPress={() => press("held", "people.include", { person: id })}>
            {t("Withdraw it")}
          </Act>
        )}
      </div>
    </div>
  )
}
