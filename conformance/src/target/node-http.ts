/** Not imported: an import also evaluates what else the module offers, such as a WebSocket, which takes longer than all of HTTP. */
export const http = process.getBuiltinModule("node:http");
