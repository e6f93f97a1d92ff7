// Generated from the spec by "npm run generate"; do not edit.
export interface paths {
  "/checkpoint/{namespace}/{pod}/{container}": {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Namespace of the pod. Looked up as it is, never checked for form.
         * @example default
         */
        namespace: string;
        /**
         * @description Name of the pod, not its UID; a static pod's name ends with the node's.
         * @example counter-lab-node
         */
        pod: string;
        /**
         * @description Name of a running container of the pod; init and ephemeral containers count.
         * @example counter
         */
        container: string;
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Checkpoint a running container
     * @description Asks the container runtime to write a checkpoint of the container into an archive on the node, and answers with the archive's path when it is complete.
     *     The container runs on. The archive holds the container's memory, so it is readable for root only; there is no operation to fetch or delete it, and the
     *     kubelet never removes one. A request body is ignored, whatever its type. Overlapping checkpoints of one container are the runtime's to handle; send one at
     *     a time.
     *
     *     The route exists with gate ContainerCheckpoint (beta and on from 1.30, alpha and off before) and `enableDebuggingHandlers`; without one of them the answer is
     *     404, for every method and without authentication. Patches before the fix of CVE-2025-0426 also serve it with the debugging handlers off.
     *
     *     Checks run in this order: pod, container, `timeout`, whether the container runs, sign of `timeout`, runtime.
     */
    post: operations["checkpointContainer"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/pods": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the pods that the node was told to run
     * @description Pods of the API server and static pods, with spec and metadata as last received. The status of a pod of the API server is the copy last seen there; that of
     *     a static pod is the kubelet's own.
     *
     *     Every query is ignored: no selector, no limit, no watch. A trailing slash is tolerated.
     */
    get: operations["getPods"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/runningpods/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the pods that the container runtime runs
     * @description Seen from the runtime: name, namespace, UID, and the running containers with the id of their image. Their order changes from call to call.
     *
     *     The path ends with a slash; without it the answer is a redirect. Every query is ignored. Exists with `enableDebuggingHandlers` only.
     */
    get: operations["getRunningPods"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/healthz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Ask whether the kubelet is healthy
     * @description Runs every health check: `ping`, `log`, `syncloop` and, from 1.32 on, `device-plugin`. Every method works as GET does; `Accept` is ignored.
     *
     *     On the healthz port `ping` is the only check: the answer there says that the process accepts requests, and nothing of the sync loop.
     */
    get: operations["getHealthz"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/healthz/ping": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Run the health check ping
     * @description The check by itself: answers as long as the process accepts requests. Every method works as GET does; `Accept` and the query are ignored.
     */
    get: operations["getHealthzPing"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/healthz/log": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Run the health check log
     * @description The check by itself: whether writing the log is not blocked. Every method works as GET does; `Accept` and the query are ignored.
     */
    get: operations["getHealthzLog"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/healthz/syncloop": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Run the health check syncloop
     * @description The check by itself: whether the sync loop has run lately. Every method works as GET does; `Accept` and the query are ignored.
     */
    get: operations["getHealthzSyncLoop"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/healthz/device-plugin": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Run the health check device-plugin
     * @description The check by itself: whether device plugins can register. Every method works as GET does; `Accept` and the query are ignored.
     */
    get: operations["getHealthzDevicePlugin"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/configz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the configuration in effect
     * @description The KubeletConfiguration as it is in effect, flags and defaults merged in. Every method works as GET does; `Accept` and the query are ignored.
     *
     *     Exists with `enableDebuggingHandlers` only.
     */
    get: operations["getConfigz"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Scrape the metrics of the kubelet
     * @description Families `kubelet_*`, `kubernetes_*`, `process_*`, `go_*` and those of libraries: 129 in 1.25, 258 in 1.37. Every method works as GET does; `Accept` has no say in the format.
     */
    get: operations["getMetrics"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics/cadvisor": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Scrape the metrics of containers and the machine
     * @description Families `container_*` and `machine_*`, with timestamps. Every method works as GET does; `Accept` has no say in the format.
     */
    get: operations["getMetricsCadvisor"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics/resource": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Scrape what metrics-server needs
     * @description CPU and memory of node, pods and containers, with timestamps in milliseconds. Every method works as GET does; `Accept` has no say in the format.
     */
    get: operations["getMetricsResource"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics/probes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Scrape the results of probes
     * @description Family `prober_probe_total`. Empty on a node whose containers have no probes. Every method works as GET does; `Accept` has no say in the format.
     */
    get: operations["getMetricsProbes"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics/slis": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Scrape the results of health checks
     * @description Families `kubernetes_healthcheck` and `kubernetes_healthchecks_total`; a series shows up when its check has run. 1.26 has the route with gate ComponentSLIs only.
     *     Every method but DELETE works as GET does; `Accept` has no say in the format.
     */
    get: operations["getMetricsSlis"];
    put?: never;
    post?: never;
    /**
     * Reset the counters of health checks
     * @description On the read-only port anyone who reaches it may do so.
     */
    delete: operations["resetMetricsSlis"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/containerLogs/{namespace}/{pod}/{container}": {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Namespace of the pod.
         * @example default
         */
        namespace: string;
        /**
         * @description Name of the pod, not its UID; a static pod's name ends with the node's.
         * @example counter-lab-node
         */
        pod: string;
        /**
         * @description Name of a container of the pod; init and ephemeral containers count.
         * @example counter
         */
        container: string;
      };
      cookie?: never;
    };
    /**
     * Read or follow the log of a container
     * @description The lines that the container printed, of both streams, without the prefix that the runtime writes into the log file. Only the current file is read: what a
     *     rotation has moved away is not served.
     *
     *     Query parameters are those of `v1.PodLogOptions`. Names are case-sensitive, unknown ones (and `container`, `insecureSkipTLSVerifyBackend`) are ignored, the
     *     first value counts when there are several, and a pair that cannot be decoded (`%zz`, a semicolon) counts as absent. `0` and `false`, in any case, are false;
     *     every other value of a boolean, an empty one too, is true.
     *
     *     Checks run in this order: every parameter can be decoded, every value is valid, pod, container, the gate of `stream`, whether there is a log.
     *
     *     Over HTTP/1.1 the answer is chunked, one chunk to a line, and has no `Content-Type`, also where it is a 400 because there is no log. The status is sent before
     *     the log is read (unless only `stream=Stderr` was asked for): what goes wrong from then on is written into the body of the 200.
     *
     *     Exists with `enableDebuggingHandlers` only. `Accept` must hold `*\/*` or be missing.
     */
    get: operations["getContainerLogs"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/logs/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the node's logs, or query them
     * @description A listing of the node's `/var/log`. With the gate NodeLogQuery (locked on from 1.36) and `enableSystemLogQuery: true`, the parameters below ask for the logs of
     *     services or for one file instead; without them, every parameter is ignored.
     *
     *     A `query` with a slash or a backslash in it names a file below `/var/log` and is answered as if that had been the path. Any other one names a service: the
     *     journal's unit of that name, else the first of the files `NAME`, `NAME.log` and `NAME/NAME.log`. That nothing was found, or that the journal could not be read, is
     *     said in the body of a 200.
     *
     *     Checks run in this order: every value can be decoded (400, all problems at once), the path is `/logs/`, every value is valid (406, all problems at once).
     *
     *     Exists with `enableDebuggingHandlers` and `enableSystemLogHandler` only. `Accept` must hold `*\/*` or be missing.
     */
    get: operations["getNodeLogs"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/logs/{path}": {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Path of a file or a directory below `/var/log`; slashes in it stand as they are. Dot segments are cleaned away before, or lead no higher than `/var/log`; symbolic links are followed wherever they lead.
         * @example dpkg.log
         */
        path: string;
      };
      cookie?: never;
    };
    /**
     * Read a file of the node's logs
     * @description A file, its type by its name or else by its content, or the listing of a directory. Every query parameter is ignored, unless the node log query is switched on:
     *     then one that it knows is 406 here.
     *
     *     Exists with `enableDebuggingHandlers` and `enableSystemLogHandler` only. `Accept` must hold `*\/*` or be missing.
     */
    get: operations["getNodeLog"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}

export interface components {
  schemas: {
    /** @description Where on the node the archive lies. Written by string formatting, not by a JSON encoder: a root directory with a quote or a backslash in its name makes it invalid JSON. */
    CheckpointResponse: {
      items: string[];
    } & {
      [key: string]: unknown;
    };
    /** @description Why no checkpoint was made. The text in parentheses is the kubelet's own, or `rpc error: code = CODE desc = TEXT` with the gRPC code and the words of the container runtime, which may be long, have several lines, and name containers and paths of the node. */
    CheckpointFailure: string;
    /** @description A v1 PodList. Not a list of the API server; no resourceVersion, no continue token. */
    PodList: {
      /** @constant */
      kind: "PodList";
      /** @constant */
      apiVersion: "v1";
      metadata: {
        [key: string]: unknown;
      };
      /** @description Null on a node without pods. */
      items: components["schemas"]["Pod"][] | null;
    } & {
      [key: string]: unknown;
    };
    /** @description A v1 Pod, without `kind` and `apiVersion`. */
    Pod: {
      metadata: components["schemas"]["ObjectMeta"];
      spec: components["schemas"]["PodSpec"];
      status: components["schemas"]["PodStatus"];
    } & {
      [key: string]: unknown;
    };
    ObjectMeta: {
      /** @description A static pod's ends with a dash and the node's name. */
      name: string;
      namespace: string;
      /** @description A static pod's is the hash of its manifest, 32 hexadecimal digits. */
      uid: string;
      /** @description Null for static pods up to 1.33; from 1.34 on they have none. */
      creationTimestamp?: string | null;
      labels?: {
        [key: string]: string;
      };
      /** @description `kubernetes.io/config.source` (`api`, `file`, `http`), `kubernetes.io/config.seen` and, for static pods, `kubernetes.io/config.hash` come from the kubelet. */
      annotations?: {
        [key: string]: string;
      };
    } & {
      [key: string]: unknown;
    };
    PodSpec: {
      nodeName?: string;
      containers: components["schemas"]["Container"][];
      initContainers?: components["schemas"]["Container"][];
      ephemeralContainers?: components["schemas"]["Container"][];
    } & {
      [key: string]: unknown;
    };
    Container: {
      name: string;
      /** @description As in the pod's spec; in /runningpods/ the image's id. */
      image?: string;
    } & {
      [key: string]: unknown;
    };
    /** @description Empty in /runningpods/. */
    PodStatus: {
      /** @enum {string} */
      phase?: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
      conditions?: ({
        type: string;
        status: string;
      } & {
        [key: string]: unknown;
      })[];
      containerStatuses?: components["schemas"]["ContainerStatus"][];
      initContainerStatuses?: components["schemas"]["ContainerStatus"][];
      ephemeralContainerStatuses?: components["schemas"]["ContainerStatus"][];
      resources?: {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    ContainerStatus: {
      name: string;
      /** @description One of `running`, `waiting`, `terminated`. */
      state: {
        running?: {
          startedAt?: string | null;
        } & {
          [key: string]: unknown;
        };
        waiting?: {
          reason?: string;
          message?: string;
        } & {
          [key: string]: unknown;
        };
        terminated?: {
          exitCode: number;
          reason?: string;
        } & {
          [key: string]: unknown;
        };
      } & {
        [key: string]: unknown;
      };
      ready: boolean;
      started?: boolean;
      restartCount: number;
      image?: string;
      imageID?: string;
      /** @description `<runtime>://<id>`. */
      containerID?: string;
      resources?: {
        [key: string]: unknown;
      };
      user?: {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    Configz: {
      kubeletconfig: components["schemas"]["KubeletConfiguration"];
    } & {
      [key: string]: unknown;
    };
    /** @description A kubelet.config.k8s.io/v1beta1 KubeletConfiguration. Members that are named here are those that decide about the node's API; there are about a hundred more. Durations are texts such as `2m0s`. */
    KubeletConfiguration: {
      /** @constant */
      kind?: "KubeletConfiguration";
      /** @constant */
      apiVersion?: "kubelet.config.k8s.io/v1beta1";
      /** @description Without it neither the main nor the read-only port is open. */
      enableServer?: boolean;
      address?: string;
      /** @description The main port. */
      port?: number;
      /** @description Absent when it is off. */
      readOnlyPort?: number;
      healthzPort?: number;
      healthzBindAddress?: string;
      tlsCertFile?: string;
      tlsPrivateKeyFile?: string;
      tlsMinVersion?: string;
      tlsCipherSuites?: string[];
      tlsCurvePreferences?: (string | number)[];
      authentication: {
        x509?: {
          clientCAFile?: string;
        } & {
          [key: string]: unknown;
        };
        webhook?: {
          enabled?: boolean;
          cacheTTL?: string;
        } & {
          [key: string]: unknown;
        };
        anonymous?: {
          enabled?: boolean;
        } & {
          [key: string]: unknown;
        };
      } & {
        [key: string]: unknown;
      };
      authorization: {
        /** @enum {string} */
        mode?: "AlwaysAllow" | "Webhook";
        webhook?: {
          cacheAuthorizedTTL?: string;
          cacheUnauthorizedTTL?: string;
        } & {
          [key: string]: unknown;
        };
      } & {
        [key: string]: unknown;
      };
      enableDebuggingHandlers?: boolean;
      enableSystemLogHandler?: boolean;
      enableSystemLogQuery?: boolean;
      enableProfilingHandler?: boolean;
      enableDebugFlagsHandler?: boolean;
      /** @description Also the shortest time that a checkpoint is given. */
      runtimeRequestTimeout?: string;
      containerRuntimeEndpoint?: string;
      staticPodPath?: string;
      podLogsDir?: string;
      maxPods?: number;
      /** @description Only those that were set. */
      featureGates?: {
        [key: string]: boolean;
      };
      logging?: {
        format?: string;
        /** @description A number of nanoseconds up to 1.27. */
        flushFrequency?: string | number;
        verbosity?: number;
      } & {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    /** @description A plain text; the examples are exact, byte for byte. */
    Text: string;
    /** @description Who asked for what. From 1.32 on all subresources are listed, of which one would have been enough, and the text ends with a newline. HEAD, OPTIONS and unknown methods have an empty verb. */
    Forbidden: string;
    /** @description Prometheus text format 0.0.4, in all minors; OpenMetrics is never chosen, whatever `Accept` says. Compressed with gzip when the client asks for it. */
    Metrics: string;
  };
  responses: {
    /** @description The path was sent in another form (`//pods`, a dot segment, a missing trailing slash) and is cleaned. Sent without authentication, by kubelets built with Go up to 1.25. */
    MovedPermanently: {
      headers: {
        Location: components["headers"]["Location"];
        [name: string]: unknown;
      };
      content: {
        "text/html": components["schemas"]["Text"];
      };
    };
    /** @description The same as 301, from kubelets built with Go 1.26 or later, which official builds are from 1.36 on. The method is kept. */
    TemporaryRedirect: {
      headers: {
        Location: components["headers"]["Location"];
        [name: string]: unknown;
      };
      content: {
        "text/html": components["schemas"]["Text"];
      };
    };
    /** @description The path was sent in another form (a double slash, a dot segment, an empty parameter) and is cleaned; the query is kept. Sent without authentication, also when the cleaned path does not exist, by kubelets built with Go up to 1.25. A client that follows it turns POST into GET. */
    MovedPermanentlyWithoutBody: {
      headers: {
        Location: components["headers"]["Location"];
        [name: string]: unknown;
      };
      content?: never;
    };
    /** @description The same as 301, from kubelets built with Go 1.26 or later, which official builds are from 1.36 on. The method is kept. */
    TemporaryRedirectWithoutBody: {
      headers: {
        Location: components["headers"]["Location"];
        [name: string]: unknown;
      };
      content?: never;
    };
    /** @description No credentials, or none that the kubelet accepts. There is no `WWW-Authenticate` header. */
    Unauthorized: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
    /** @description `Accept` holds neither `application/json` nor `*\/*`. Parameters are ignored, and `application/*` does not count. A missing or empty `Accept` means `*\/*`. */
    NotAcceptable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
    /** @description Another method than the path has. HEAD gets it too, with an empty body. */
    MethodNotAllowed: {
      headers: {
        /**
         * @description The methods that the path has.
         * @example GET
         */
        Allow?: string;
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
    /** @description None of the subresources is granted to the user, for this verb. */
    ForbiddenPods: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Forbidden"];
      };
    };
    /** @description None of the subresources is granted to the user, for this verb. */
    ForbiddenHealthz: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Forbidden"];
      };
    };
    /** @description The subresource `metrics` is not granted to the user, for this verb. */
    ForbiddenMetrics: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Forbidden"];
      };
    };
    /** @description The API server cannot be asked for the permission. The check itself cannot fail. */
    HealthCheckFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
    /** @description The check passed. */
    HealthCheckPassed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
    /** @description The metrics could not be gathered, or the API server cannot be asked for the permission. */
    MetricsFailed: {
      headers: {
        "X-Content-Type-Options": components["headers"]["NoSniff"];
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /**
     * @description The methods that the path has, comma separated.
     * @example POST
     */
    Allow: string;
    /**
     * @description The cleaned path, absolute, with the query as it was sent.
     * @example /pods
     */
    Location: string;
    /**
     * @description Always `bytes`, with files.
     * @example bytes
     */
    AcceptRanges: "bytes";
    /**
     * @description When the file or the directory was last changed, in whole seconds.
     * @example Sat, 21 Nov 2026 07:59:27 GMT
     */
    LastModified: string;
    /**
     * @description Always `nosniff` where it is sent, which is with texts that Go's `http.Error` writes.
     * @example nosniff
     */
    NoSniff: "nosniff";
    /**
     * @description When the kubelet's process started, in seconds since the epoch.
     * @example 1795247964
     */
    ProcessStartTime: string;
  };
  pathItems: never;
}

export interface operations {
  checkpointContainer: {
    parameters: {
      query?: {
        /**
         * @description Seconds that the checkpoint may take, a decimal number of 64 bits. 0 or absent means the kubelet's `runtimeRequestTimeout` (2 minutes by default), to
         *     which smaller values are raised; larger ones are used as they are. The last value counts when there are several.
         *
         *     Anything that is no such number (empty, `10s`, `1.5`, `0x10`) is 404, a negative number is 500, and a number of seconds too large for a Go duration
         *     (from 9223372037 on) is 500 at once. A value that cannot be decoded (`%zz`, a semicolon) counts as absent, and so does `Timeout`.
         * @example 300
         */
        timeout?: number;
      };
      header?: never;
      path: {
        /**
         * @description Namespace of the pod. Looked up as it is, never checked for form.
         * @example default
         */
        namespace: string;
        /**
         * @description Name of the pod, not its UID; a static pod's name ends with the node's.
         * @example counter-lab-node
         */
        pod: string;
        /**
         * @description Name of a running container of the pod; init and ephemeral containers count.
         * @example counter
         */
        container: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The archive is written. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CheckpointResponse"];
        };
      };
      /** @description A parameter is empty, or the path holds a double slash or a dot segment. The query is kept. Sent without authentication, by kubelets built with Go up to 1.25. A client that follows it turns POST into GET. */
      301: {
        headers: {
          /**
           * @description The cleaned path.
           * @example /checkpoint/counter-lab-node/counter
           */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The same as 301, from kubelets built with Go 1.26 or later, which official builds are from 1.36 on. The method is kept. */
      307: {
        headers: {
          /**
           * @description The cleaned path.
           * @example /checkpoint/counter-lab-node/counter
           */
          Location?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A percent sign in the path is not followed by two hexadecimal digits. The connection is closed. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      /** @description The user lacks the permission, verb `create`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description Pod, container, `timeout`, path, or the route itself; only the body tells which. With the gate off it is sent without authentication, with `X-Content-Type-Options`. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than POST. HEAD gets it too, with an empty body. */
      405: {
        headers: {
          Allow: components["headers"]["Allow"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      406: components["responses"]["NotAcceptable"];
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The container does not run, the timeout is negative, or the runtime failed, in whatever way and with whatever gRPC code. Also when the API server cannot be asked for the permission. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["CheckpointFailure"];
        };
      };
    };
  };
  getPods: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pods, in no order that one may rely on. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PodList"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenPods"];
      /** @description The path has another segment, as in `/pods/x`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      405: components["responses"]["MethodNotAllowed"];
      406: components["responses"]["NotAcceptable"];
      /** @description The API server cannot be asked for the permission. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getRunningPods: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The running pods. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PodList"];
        };
      };
      /** @description The slash at the end is missing. Sent without authentication, by kubelets built with Go up to 1.25. */
      301: {
        headers: {
          /**
           * @description The path with its slash.
           * @example /runningpods/
           */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          "text/html": components["schemas"]["Text"];
        };
      };
      /** @description The same as 301, from kubelets built with Go 1.26 or later, which official builds are from 1.36 on. */
      307: {
        headers: {
          /**
           * @description The path with its slash.
           * @example /runningpods/
           */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          "text/html": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenPods"];
      /** @description The path has another segment. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET. With debugging handlers off, and on the read-only port, every method gets it, without `Allow`. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      406: components["responses"]["NotAcceptable"];
      /** @description The runtime cannot list its containers, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getHealthz: {
    parameters: {
      query?: {
        /**
         * @description Lists the checks; present is enough, whatever its value.
         * @example true
         */
        verbose?: string;
        /**
         * @description A check to leave out; may be repeated. A name that no check has is reported in the verbose answer and otherwise ignored.
         * @example [
         *       "syncloop"
         *     ]
         */
        exclude?: string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every check passed. */
      200: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenHealthz"];
      /** @description A check failed, or the API server cannot be asked for the permission. The reason of a failed check is in the kubelet's log, and in the answer of the check's own path. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getHealthzPing: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["HealthCheckPassed"];
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenHealthz"];
      500: components["responses"]["HealthCheckFailed"];
    };
  };
  getHealthzLog: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["HealthCheckPassed"];
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenHealthz"];
      /** @description The check failed, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getHealthzSyncLoop: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["HealthCheckPassed"];
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenHealthz"];
      /** @description The check failed, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getHealthzDevicePlugin: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["HealthCheckPassed"];
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenHealthz"];
      /** @description The check failed, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getConfigz: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The configuration. */
      200: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Configz"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      /** @description None of the subresources is granted to the user, for this verb. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description Debugging handlers are off, or this is the read-only port. Sent without authentication. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The API server cannot be asked for the permission. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getMetrics: {
    parameters: {
      query?: {
        /**
         * @description A family to answer; may be repeated. Without it all are answered. Ignored before 1.37.
         * @example [
         *       "kubelet_running_pods"
         *     ]
         */
        "name[]"?: string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metrics. */
      200: {
        headers: {
          "Process-Start-Time-Unix": components["headers"]["ProcessStartTime"];
          [name: string]: unknown;
        };
        content: {
          "text/plain; version=0.0.4; charset=utf-8": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=values": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=underscores": components["schemas"]["Metrics"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenMetrics"];
      500: components["responses"]["MetricsFailed"];
    };
  };
  getMetricsCadvisor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metrics. */
      200: {
        headers: {
          "Process-Start-Time-Unix": components["headers"]["ProcessStartTime"];
          [name: string]: unknown;
        };
        content: {
          "text/plain; version=0.0.4; charset=utf-8": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=values": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=underscores": components["schemas"]["Metrics"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenMetrics"];
      500: components["responses"]["MetricsFailed"];
    };
  };
  getMetricsResource: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metrics. */
      200: {
        headers: {
          "Process-Start-Time-Unix": components["headers"]["ProcessStartTime"];
          [name: string]: unknown;
        };
        content: {
          "text/plain; version=0.0.4; charset=utf-8": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=values": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=underscores": components["schemas"]["Metrics"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenMetrics"];
      500: components["responses"]["MetricsFailed"];
    };
  };
  getMetricsProbes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metrics. */
      200: {
        headers: {
          "Process-Start-Time-Unix": components["headers"]["ProcessStartTime"];
          [name: string]: unknown;
        };
        content: {
          "text/plain; version=0.0.4; charset=utf-8": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=values": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=underscores": components["schemas"]["Metrics"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenMetrics"];
      500: components["responses"]["MetricsFailed"];
    };
  };
  getMetricsSlis: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metrics. */
      200: {
        headers: {
          "Process-Start-Time-Unix": components["headers"]["ProcessStartTime"];
          [name: string]: unknown;
        };
        content: {
          "text/plain; version=0.0.4; charset=utf-8": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=values": components["schemas"]["Metrics"];
          "text/plain; version=0.0.4; charset=utf-8; escaping=underscores": components["schemas"]["Metrics"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenMetrics"];
      /** @description On 1.27 to 1.29 the route is on one of the two ports only, whichever was opened first; this is the other. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      500: components["responses"]["MetricsFailed"];
    };
  };
  resetMetricsSlis: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Until a check has run again, the metrics are empty. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      401: components["responses"]["Unauthorized"];
      /** @description The subresource `metrics` is not granted to the user, for this verb. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description On 1.27 to 1.29 the route is on one of the two ports only, whichever was opened first; this is the other. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The API server cannot be asked for the permission. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getContainerLogs: {
    parameters: {
      query?: {
        /**
         * @description Go on, line by line, until the container has ended or the client hangs up. On a container that has ended, the whole log.
         * @example false
         */
        follow?: boolean;
        /**
         * @description The log of the instance that ended last instead of the current one's.
         * @example false
         */
        previous?: boolean;
        /**
         * @description Begin each line with its time, RFC 3339 with nine digits of a second, and a space.
         * @example true
         */
        timestamps?: boolean;
        /**
         * @description Leave out lines that are older, in seconds. Not together with `sinceTime`.
         * @example 3600
         */
        sinceSeconds?: number;
        /**
         * @description Leave out lines that are older than this RFC 3339 time. Empty or `null` is no limit, yet excludes `sinceSeconds`.
         * @example 2026-11-21T07:59:27Z
         */
        sinceTime?: string;
        /**
         * @description So many lines from the end. Lines of the log file count, so that a line in several parts is several. With `follow`, what comes after them, too.
         * @example 100
         */
        tailLines?: number;
        /**
         * @description Former name of `tailLines`, which it overrides unless it is empty; `all` is no limit.
         * @example all
         */
        tail?: string;
        /**
         * @description Stop after so many bytes, times included, in the middle of a line if need be. Ends a followed log, too.
         * @example 1048576
         */
        limitBytes?: number;
        /**
         * @description One stream only; needs the gate PodLogsQuerySplitStreams unless it is `All`. Not together with `tailLines`. Ignored before 1.32.
         * @example All
         */
        stream?: "All" | "Stdout" | "Stderr";
      };
      header?: never;
      path: {
        /**
         * @description Namespace of the pod.
         * @example default
         */
        namespace: string;
        /**
         * @description Name of the pod, not its UID; a static pod's name ends with the node's.
         * @example counter-lab-node
         */
        pod: string;
        /**
         * @description Name of a container of the pod; init and ephemeral containers count.
         * @example counter
         */
        container: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The log, maybe empty. Sent without a `Content-Type`. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description A parameter cannot be decoded, a stream cannot be chosen, or there is no log. Where there is no log, HTTP/1.1 answers have no `Content-Type`. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      /** @description The subresource `proxy` is not granted to the user, for this verb. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description The pod or the container does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET. With debugging handlers off, and on the read-only port, every method gets it, without `Allow`. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`; no other type will do. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description A value is out of range, or two parameters exclude each other. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The API server cannot be asked for the permission. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getNodeLogs: {
    parameters: {
      query?: {
        /**
         * @description Up to four services, or one file. A name has at most 256 characters, of `a-zA-Z0-9@_-` and, from 1.29, `.` and `:`.
         * @example [
         *       "kubelet"
         *     ]
         */
        query?: string[];
        /**
         * @description Only entries of the journal from this RFC 3339 time on.
         * @example 2026-11-21T07:00:00Z
         */
        sinceTime?: string;
        /**
         * @description Only entries of the journal up to this RFC 3339 time, which is not before `sinceTime`. (Up to 1.28 `sinceTime` is used in its place.)
         * @example 2026-11-21T08:00:00Z
         */
        untilTime?: string;
        /**
         * @description So many lines from the end of the journal.
         * @example 100
         */
        tailLines?: number;
        /**
         * @description Entries of this boot; 0 is the current one, -1 the one before.
         * @example 0
         */
        boot?: number;
        /**
         * @description Only entries that match; checked as a regular expression of Go, then given to `journalctl --grep`.
         * @example error
         */
        pattern?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The listing, a page `index.html` in its place, or what the query found. */
      200: {
        headers: {
          "Last-Modified": components["headers"]["LastModified"];
          [name: string]: unknown;
        };
        content: {
          "text/html": components["schemas"]["Text"];
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The path was sent in another form and is cleaned, without authentication, by kubelets built with Go up to 1.25. Also, in all minors and relative to the request: a directory without its slash, a file with one, and `index.html`, which is not served under its name. */
      301: {
        headers: {
          /**
           * @description Where to, with the query as it was sent.
           * @example lab/
           */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          "text/html": components["schemas"]["Text"];
        };
      };
      /** @description The client's copy is as new, by `If-Modified-Since`, or `If-None-Match` is `*`. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The cleaned path, from kubelets built with Go 1.26 or later, which official builds are from 1.36 on. Sent without authentication. */
      307: {
        headers: {
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          "text/html": components["schemas"]["Text"];
        };
      };
      /** @description A value of the query cannot be decoded. */
      400: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      /** @description The subresource `log` is not granted to the user, for this verb. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description There is no such file. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET. Where the handler is off, every method gets it, without `Allow`. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`, or the query asks for something that there cannot be. */
      406: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The file is newer than `If-Unmodified-Since`, or `If-Match` names a tag, which files here do not have. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The directory cannot be read, the name is none that a file can have, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getNodeLog: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description `bytes=…`, one range or several. Ignored where `If-Range` does not name the file's time, and where the ranges add up to more than the file.
         * @example bytes=0-3
         */
        Range?: string;
        /**
         * @description 304 unless the file has changed since. Ignored where it is no date, and beside `If-None-Match`.
         * @example Sat, 21 Nov 2026 07:59:27 GMT
         */
        "If-Modified-Since"?: string;
      };
      path: {
        /**
         * @description Path of a file or a directory below `/var/log`; slashes in it stand as they are. Dot segments are cleaned away before, or lead no higher than `/var/log`; symbolic links are followed wherever they lead.
         * @example dpkg.log
         */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file, or the listing. */
      200: {
        headers: {
          "Accept-Ranges": components["headers"]["AcceptRanges"];
          "Last-Modified": components["headers"]["LastModified"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "text/html": components["schemas"]["Text"];
        };
      };
      /** @description The range asked for; several come as `multipart/byteranges`. */
      206: {
        headers: {
          "Accept-Ranges": components["headers"]["AcceptRanges"];
          /**
           * @description The bytes sent and the size of the file.
           * @example bytes 0-3/20
           */
          "Content-Range"?: string;
          "Last-Modified": components["headers"]["LastModified"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The path was sent in another form and is cleaned, without authentication, by kubelets built with Go up to 1.25. Also, in all minors and relative to the request: a directory without its slash, a file with one, and `index.html`, which is not served under its name. */
      301: {
        headers: {
          /**
           * @description Where to, with the query as it was sent.
           * @example lab/
           */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          "text/html": components["schemas"]["Text"];
        };
      };
      /** @description The client's copy is as new, by `If-Modified-Since`, or `If-None-Match` is `*`. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The cleaned path, from kubelets built with Go 1.26 or later, which official builds are from 1.36 on. Sent without authentication. */
      307: {
        headers: {
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          "text/html": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      /** @description The subresource `log` is not granted to the user, for this verb. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description There is no such file. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET. Where the handler is off, every method gets it, without `Allow`. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`; or, with the node log query switched on, one of its parameters was given. */
      406: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The file is newer than `If-Unmodified-Since`, or `If-Match` names a tag, which files here do not have. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The range is none, or lies behind the end of the file. */
      416: {
        headers: {
          /**
           * @description The size of the file.
           * @example bytes *\/20
           */
          "Content-Range"?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The directory cannot be read, the name is none that a file can have, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
}
