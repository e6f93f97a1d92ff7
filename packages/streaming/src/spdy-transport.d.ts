/** It has no types of its own; raw-spdy.ts says what is used of it. */
declare module "spdy-transport" {
  const library: unknown;
  export default library;
}
