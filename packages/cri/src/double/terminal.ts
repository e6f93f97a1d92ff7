/** A simulated terminal between who types and a program: it echoes, edits the line, and turns line ends. */
export interface Terminal {
  /** What was typed. */
  type(bytes: Buffer): void;
  /** What the program printed, as it reaches the screen. */
  display(bytes: Buffer): void;
}

export interface TerminalEnds {
  readonly toScreen: (bytes: Buffer) => void;
  readonly toProgram: (line: Buffer) => void;
  /** Control-D on an empty line. */
  readonly endInput: () => void;
  /** Control-C and Control-\: the program ends with this exit code. */
  readonly kill: (exitCode: number) => void;
}

/** What is typed beyond shows and is lost (termios(3)). */
const LONGEST_LINE = 4095;
const END_OF_INPUT = 0x04;
/** What ends the program, how it shows, and the exit code that stands for the signal. */
const SIGNALS = new Map([
  [0x03, { shown: "^C", exitCode: 130 }],
  [0x1c, { shown: "^\\", exitCode: 131 }],
]);
const BACKSPACES = new Set([0x08, 0x7f]);
const LINE_ENDS = new Set([0x0a, 0x0d]);

/** The kernel's default line discipline (termios: ICANON, ECHO, ISIG, ICRNL, ONLCR), as far as clients can see it. */
export function createTerminal({ toScreen, toProgram, endInput, kill }: TerminalEnds): Terminal {
  let line: number[] = [];
  const deliver = (): void => {
    const bytes = Buffer.from(line);
    line = [];
    toProgram(bytes);
  };

  function press(key: number): void {
    const signal = SIGNALS.get(key);
    if (signal !== undefined) {
      line = [];
      toScreen(Buffer.from(signal.shown));
      kill(signal.exitCode);
    } else if (key === END_OF_INPUT) {
      if (line.length === 0) endInput();
      else deliver();
    } else if (BACKSPACES.has(key)) {
      if (line.pop() !== undefined) toScreen(Buffer.from("\b \b"));
    } else if (LINE_ENDS.has(key)) {
      line.push(0x0a);
      toScreen(Buffer.from("\r\n"));
      deliver();
    } else {
      if (line.length < LONGEST_LINE) line.push(key);
      toScreen(Buffer.of(key));
    }
  }

  return {
    type(bytes) {
      for (const key of bytes) press(key);
    },
    display(bytes) {
      toScreen(Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r\n"), "latin1"));
    },
  };
}
