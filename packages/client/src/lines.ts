/** Cuts a stream of UTF-8 into lines, without their ends. A longer line than `longest` characters comes in pieces; what is no UTF-8 as U+FFFD. */
export async function* linesOf(body: ReadableStream<Uint8Array>, longest: number): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  for await (const chunk of body) {
    // Looked for from here on only: a line of many chunks is not searched again with each of them.
    const from = rest.length;
    rest += decoder.decode(chunk, { stream: true });
    for (let end = rest.indexOf("\n", from); end >= 0; end = rest.indexOf("\n")) {
      yield* piecesOf(rest.slice(0, end), longest);
      rest = rest.slice(end + 1);
    }
    while (rest.length > longest) {
      const piece = pieceOf(rest, longest);
      yield piece;
      rest = rest.slice(piece.length);
    }
  }
  rest += decoder.decode();
  if (rest !== "") yield* piecesOf(rest, longest);
}

function* piecesOf(line: string, longest: number): Generator<string> {
  let left = line;
  for (; left.length > longest; left = left.slice(pieceOf(left, longest).length)) yield pieceOf(left, longest);
  yield left;
}

/** As much as may be, and no half of a character. */
function pieceOf(text: string, longest: number): string {
  const isHigh = /[\uD800-\uDBFF]/.test(text.charAt(longest - 1));
  return text.slice(0, isHigh && longest > 1 ? longest - 1 : longest);
}
