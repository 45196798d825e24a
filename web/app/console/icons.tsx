/** The console's own small signs, beside those of the library: presence dots, a lens, a minus. */

export function Dot({ kind }: { kind: "here" | "quiet" | "gone" }) {
  return (
    <svg class={`c-dot c-dot-${kind}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <circle
        cx="6"
        cy="6"
        r="4.2"
        fill={kind === "here" ? "currentColor" : "none"}
        stroke="currentColor"
        stroke-width="1.8"
      />
      {kind === "quiet" && <path d="M6 1.8a4.2 4.2 0 0 0 0 8.4z" fill="currentColor" />}
      {kind === "gone" && <path d="m3.4 8.6 5.2-5.2" stroke="currentColor" stroke-width="1.4" />}
    </svg>
  )
}

const PATHS = {
  minus: "M5 12h14",
  lens: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.3 15.3 20.5 20.5",
  outside: "M9 4.500H4.500v15h15V15M14 4.500h5.500V10M19.5 4.5 11 13",
  skip: "M5 5l8 7-8 7zM17.5 5v14",
}

export function Sign({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
