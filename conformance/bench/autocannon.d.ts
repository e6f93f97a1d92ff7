/** The part of autocannon that the benchmarks use; the package brings no types. */
declare module "autocannon" {
  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    workers?: number;
    headers?: Record<string, string>;
    tlsOptions?: { cert: string; key: string; ca: string };
  }
  export default function autocannon(options: Options): Promise<{ requests: { average: number }; non2xx: number; errors: number }>;
}
