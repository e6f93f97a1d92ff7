import type { User } from "../http/message.ts";

/** Whose token it is; undefined: nobody's, or a review cannot be had. Never rejects. */
export type TokenReview = (token: string) => Promise<User | undefined>;

export type Verdict = "allowed" | "denied" | "unavailable";

/** Whether a user may do that to a subresource of this node. Never rejects. */
export type AccessReview = (user: User, verb: string, subresource: string) => Promise<Verdict>;
