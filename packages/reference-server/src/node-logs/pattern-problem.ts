/** What Go's regexp/syntax refuses; the message ends with the part of the expression that it is about. */
export class PatternProblem extends Error {
  constructor(reason: string, expression: string) {
    super(`${reason}: \`${expression}\``);
  }
}
