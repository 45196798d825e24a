/** Small line drawings. They never stand alone: a word is always beside them. */

const PATHS = {
  hand: "M8 12.5V6a1.5 1.5 0 0 1 3 0v5-7a1.5 1.5 0 0 1 3 0v7-5.5a1.5 1.5 0 0 1 3 0V13 9.5a1.5 1.5 0 0 1 3 0V15c0 4-2.7 6.5-6.5 6.5-3.2 0-4.8-1.3-6.3-3.8L4 13.6c-.5-.9-.2-1.9.6-2.3.8-.4 1.7-.1 2.2.6z",
  "hand-down": "M12 4v14m-5-5 5 5 5-5M5 21h14",
  help: "M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19M9.3 9.2a2.8 2.8 0 0 1 5.5.7c0 1.9-2.8 2.3-2.8 4.1m0 3v.3",
  sound: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6m2.5-9a8.2 8.2 0 0 1 0 12",
  phone: "M6 3h3l2 5-2.5 1.8a12 12 0 0 0 5.7 5.7L16 13l5 2v3.5A2.5 2.5 0 0 1 18.5 21 15.5 15.5 0 0 1 3 5.5 2.5 2.5 0 0 1 5.5 3z",
  bell: "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 2h-15zM10 21h4",
  clock: "M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19M12 7v5l3.5 2",
  room: "M5 21V4.5L14 3v18M14 6h5v15M3 21h18M10.5 12v1",
  people: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.8a3.3 3.3 0 0 1 0 6.4M18 14.4c2.2.8 3.5 2.8 3.5 5.6",
  check: "m4.5 12.5 5 5 10-11",
  warn: "M12 3.5 2.5 20h19zM12 10v4.5m0 2.8v.2",
  arrow: "M4 12h15m-6-6 6 6-6 6",
  back: "M20 12H5m6-6-6 6 6 6",
  text: "M3 18 8 6l5 12M4.7 14h6.6M14.5 18l3.2-8 3.3 8m-5.3-2.5h4.2",
  globe: "M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19M2.5 12h19M12 2.5c3 3 3.8 6 3.8 9.5S15 18.5 12 21.5c-3-3-3.8-6-3.8-9.5S9 5.5 12 2.5",
  close: "m6 6 12 12M18 6 6 18",
  vote: "M3.5 12.5h17V21h-17zM7 16.5h10M8 12.5v-9h8v9M10.5 7.5l1.2 1.3 2-2.5",
  speak: "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3M6 11.5a6 6 0 0 0 12 0M12 17.5v4m-3 0h6",
  eye: "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12m10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
  pause: "M8.5 5v14m7-14v14",
  play: "M7 4.5v15l12-7.5z",
  plus: "M12 5v14M5 12h14",
  letter: "M3 5.5h18v13H3zM3 6.5l9 7 9-7",
  undo: "M8 4 4 8l4 4M4 8h10a6 6 0 0 1 0 12H8",
  line: "M4 18v-3m5.3 3v-6m5.4 6V8.5M20 18V5",
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
