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
  "/statusz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show when the kubelet was started and what it is
     * @description As text, or from 1.35 on as an object of `config.k8s.io`: `Accept: application/json;v=v1beta1;g=config.k8s.io;as=Statusz` (v1alpha1 only in 1.35, deprecated from 1.36 on; from
     *     1.36 on also `application/yaml`). The answer's Content-Type has the same parameters, in the order `g`, `v`, `as`. Every method works as GET does.
     *
     *     What stands between name and value in the text is drawn at random for each answer, so that nobody reads it by machine.
     *
     *     Exists with `enableDebuggingHandlers` only; in 1.35 also without them, and on the read-only port. The gate is on from 1.36 on.
     */
    get: operations["getStatusz"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/flagz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the kubelet's flags and their values
     * @description Flags, not the configuration in effect: a member of the configuration file does not show here. Forms and negotiation are those of `/statusz`, with `as=Flagz`; the delimiter of the text
     *     is drawn once per process. Every method works as GET does.
     *
     *     Exists with `enableDebuggingHandlers` only. The gate is on from 1.36 on.
     */
    get: operations["getFlagz"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/debug/pprof/cmdline": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the kubelet's command line
     * @description The program and its arguments with a NUL between them.
     *
     *     Needs `enableDebuggingHandlers` and `enableProfilingHandler`. Only a client that accepts `*\/*` gets an answer.
     */
    get: operations["getPprofCmdline"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/debug/pprof/profile": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Take a CPU profile
     * @description The answer comes when the time is over. There is one at a time; a client that goes away ends its own.
     *
     *     Needs `enableDebuggingHandlers` and `enableProfilingHandler`. Only a client that accepts `*\/*` gets an answer.
     */
    get: operations["getPprofProfile"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/debug/pprof/symbol": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Look up program counters
     * @description Names the functions of program counters in the query, separated by `+`. POST, which Go's profiler knows, has no route.
     *
     *     Needs `enableDebuggingHandlers` and `enableProfilingHandler`. Only a client that accepts `*\/*` gets an answer.
     */
    get: operations["getPprofSymbol"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/debug/pprof/trace": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Take an execution trace
     * @description The answer begins at once and goes on until the time is over. There is one at a time; a client that goes away ends its own.
     *
     *     Needs `enableDebuggingHandlers` and `enableProfilingHandler`. Only a client that accepts `*\/*` gets an answer.
     */
    get: operations["getPprofTrace"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/debug/pprof/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a profile by name
     * @description `allocs`, `block`, `goroutine`, `heap`, `mutex` or `threadcreate`.
     *
     *     Needs `enableDebuggingHandlers` and `enableProfilingHandler`. Only a client that accepts `*\/*` gets an answer.
     */
    get: operations["getPprof"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/debug/flags/v": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set the kubelet's log verbosity
     * @description Holds until the kubelet is restarted; `/configz` keeps showing the configured one. Needs `enableDebuggingHandlers` and `enableDebugFlagsHandler`.
     *
     *     The route takes every method, and refuses all but PUT with 406.
     */
    put: operations["putVerbosity"];
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
    /** @description config.k8s.io/v1beta1 or v1alpha1; both have the same members. */
    Statusz: {
      /** @constant */
      kind: "Statusz";
      /** @enum {string} */
      apiVersion: "config.k8s.io/v1alpha1" | "config.k8s.io/v1beta1";
      metadata: {
        /** @constant */
        name: "kubelet";
      } & {
        [key: string]: unknown;
      };
      /** Format: date-time */
      startTime: string;
      uptimeSeconds: number;
      /** @description Of the build. */
      goVersion: string;
      /** @description Without the leading `v`. */
      binaryVersion: string;
      /** @description A minor, such as `1.36`. */
      emulationVersion?: string;
      /** @description First segments of the paths that plain handlers serve; services such as /pods are not among them. */
      paths: string[];
    } & {
      [key: string]: unknown;
    };
    StatuszText: string;
    /** @description config.k8s.io/v1beta1 or v1alpha1; both have the same members. */
    Flagz: {
      /** @constant */
      kind: "Flagz";
      /** @enum {string} */
      apiVersion: "config.k8s.io/v1alpha1" | "config.k8s.io/v1beta1";
      metadata: {
        /** @constant */
        name: "kubelet";
      } & {
        [key: string]: unknown;
      };
      /** @description Flag to value; a secret one is `CLASSIFIED`. */
      flags: {
        [key: string]: string;
      };
    } & {
      [key: string]: unknown;
    };
    FlagzText: string;
    /** @description A meta/v1 Status. */
    Status: {
      /** @constant */
      kind: "Status";
      /** @constant */
      apiVersion: "v1";
      metadata: {
        [key: string]: unknown;
      };
      /** @constant */
      status: "Failure";
      message: string;
      reason?: string;
      code: number;
    } & {
      [key: string]: unknown;
    };
    /** @description Bytes. A profile of a kubelet is compressed with gzip. */
    Profile: string;
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
    /** @description The gate or the debugging handlers are off, or this is the read-only port. Sent without authentication. */
    PageNotFound: {
      headers: {
        "X-Content-Type-Options": components["headers"]["NoSniff"];
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
    /** @description None of the accepted types is one of the page's. Plain `application/json` is none of them, nor an object of another kind, group or version. Up to 1.34 a client that accepts nothing in particular gets this too. */
    PageNotAcceptable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
        "application/json": components["schemas"]["Status"];
        "application/yaml": components["schemas"]["Text"];
      };
    };
    /** @description The API server cannot be asked for the permission; in 1.35 also an object in YAML or protobuf, which is negotiated and then refused. */
    PageFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
        "application/json": components["schemas"]["Status"];
      };
    };
    /** @description nodes/proxy is not granted to the user, for this verb. */
    ForbiddenDebug: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Forbidden"];
      };
    };
    /** @description nodes/proxy is not granted to the user, for this verb. */
    ForbiddenDebugUpdate: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Forbidden"];
      };
    };
    /** @description Another method than GET. With the profiling or debugging handlers off, and on the read-only port, every method gets it, without `Allow`. */
    ProfilingMethodNotAllowed: {
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
    /** @description `Accept` does not hold `*\/*`: the route declares no types, so nothing else is acceptable, not even what it sends. A missing or empty `Accept` means `*\/*`. */
    NothingAcceptable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "text/plain": components["schemas"]["Text"];
      };
    };
    /** @description The API server cannot be asked for the permission. */
    AuthorizerErrorDebug: {
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
     * @description Always `nosniff` where it is sent, which is with texts that Go's `http.Error` writes.
     * @example nosniff
     */
    NoSniff: "nosniff";
    /**
     * @description Sent with v1alpha1 objects, from 1.36 on.
     * @example 299 - "This version of the statusz endpoint is deprecated. Please use a newer version."
     */
    DeprecatedVersion: string;
    /**
     * @description The file to save it as, named after the profile; `NAME-delta` where `seconds` was asked of a profile by name.
     * @example attachment; filename="heap"
     */
    ProfileName: string;
    /**
     * @description Always `1`, with errors of the profiler.
     * @example 1
     */
    PprofError: "1";
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
  getStatusz: {
    parameters: {
      query?: {
        /**
         * @description Whether JSON is indented. Without it, it is for clients that call themselves curl, Wget or Mozilla/5.0.
         * @example true
         */
        pretty?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page, as text or as an object. */
      200: {
        headers: {
          Warning: components["headers"]["DeprecatedVersion"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["StatuszText"];
          "application/json;g=config.k8s.io;v=v1beta1;as=Statusz": components["schemas"]["Statusz"];
          "application/json;g=config.k8s.io;v=v1alpha1;as=Statusz": components["schemas"]["Statusz"];
          "application/yaml;g=config.k8s.io;v=v1beta1;as=Statusz": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      /** @description nodes/statusz is not granted to the user, for this verb; nodes/proxy does not stand in for it. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      404: components["responses"]["PageNotFound"];
      406: components["responses"]["PageNotAcceptable"];
      500: components["responses"]["PageFailed"];
    };
  };
  getFlagz: {
    parameters: {
      query?: {
        /**
         * @description Whether JSON is indented. Without it, it is for clients that call themselves curl, Wget or Mozilla/5.0.
         * @example true
         */
        pretty?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page, as text or as an object. The examples show the first of about 150 flags. */
      200: {
        headers: {
          Warning: components["headers"]["DeprecatedVersion"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["FlagzText"];
          "application/json;g=config.k8s.io;v=v1beta1;as=Flagz": components["schemas"]["Flagz"];
          "application/json;g=config.k8s.io;v=v1alpha1;as=Flagz": components["schemas"]["Flagz"];
          "application/yaml;g=config.k8s.io;v=v1beta1;as=Flagz": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      /** @description nodes/configz is not granted to the user, for this verb; nodes/proxy does not stand in for it. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      404: components["responses"]["PageNotFound"];
      406: components["responses"]["PageNotAcceptable"];
      500: components["responses"]["PageFailed"];
    };
  };
  getPprofCmdline: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The command line. */
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
      403: components["responses"]["ForbiddenDebug"];
      405: components["responses"]["ProfilingMethodNotAllowed"];
      406: components["responses"]["NothingAcceptable"];
      500: components["responses"]["AuthorizerErrorDebug"];
    };
  };
  getPprofProfile: {
    parameters: {
      query?: {
        /**
         * @description How long, in whole seconds. What is no positive number counts as 30.
         * @example 5
         */
        seconds?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The profile, gzip around a protocol buffer that `go tool pprof` reads. */
      200: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "Content-Disposition": components["headers"]["ProfileName"];
          [name: string]: unknown;
        };
        content: {
          "application/octet-stream": components["schemas"]["Profile"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description The time asked for would outlast the server's write timeout of four hours. From 1.29 on the timeout is put off instead. */
      400: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "X-Go-Pprof": components["headers"]["PprofError"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenDebug"];
      405: components["responses"]["ProfilingMethodNotAllowed"];
      406: components["responses"]["NothingAcceptable"];
      /** @description Another profile is under way, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "X-Go-Pprof": components["headers"]["PprofError"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getPprofSymbol: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The head, then a line for each counter that is known. */
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
      403: components["responses"]["ForbiddenDebug"];
      405: components["responses"]["ProfilingMethodNotAllowed"];
      406: components["responses"]["NothingAcceptable"];
      500: components["responses"]["AuthorizerErrorDebug"];
    };
  };
  getPprofTrace: {
    parameters: {
      query?: {
        /**
         * @description How long; may be a fraction. What is no positive number counts as 1.
         * @example 5
         */
        seconds?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The trace, for `go tool trace`. */
      200: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "Content-Disposition": components["headers"]["ProfileName"];
          [name: string]: unknown;
        };
        content: {
          "application/octet-stream": components["schemas"]["Profile"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description The time asked for would outlast the server's write timeout of four hours. From 1.29 on the timeout is put off instead. */
      400: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "X-Go-Pprof": components["headers"]["PprofError"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenDebug"];
      405: components["responses"]["ProfilingMethodNotAllowed"];
      406: components["responses"]["NothingAcceptable"];
      /** @description Another trace is under way, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "X-Go-Pprof": components["headers"]["PprofError"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
    };
  };
  getPprof: {
    parameters: {
      query?: {
        /** @description Another number than 0 makes it a text; of goroutines, 2 shows whole stacks. What is no number counts as 0. */
        debug?: string;
        /** @description With a number above 0, garbage is collected before a heap profile. */
        gc?: string;
        /** @description Waits so long, and tells what was added meanwhile. A positive whole number; not together with debug. */
        seconds?: string;
      };
      header?: never;
      path: {
        /**
         * @description The profile. Another name is answered with 404; a slash at its end belongs to the name.
         * @example heap
         */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The profile, gzip around a protocol buffer that `go tool pprof` reads; with `debug`, a text. */
      200: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "Content-Disposition": components["headers"]["ProfileName"];
          [name: string]: unknown;
        };
        content: {
          "application/octet-stream": components["schemas"]["Profile"];
          "text/plain": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description `seconds` cannot be had. */
      400: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "X-Go-Pprof": components["headers"]["PprofError"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenDebug"];
      /** @description There is no profile of that name. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          "X-Go-Pprof": components["headers"]["PprofError"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      405: components["responses"]["ProfilingMethodNotAllowed"];
      406: components["responses"]["NothingAcceptable"];
      500: components["responses"]["AuthorizerErrorDebug"];
    };
  };
  putVerbosity: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The number, and nothing else. */
    requestBody: {
      content: {
        "text/plain": string;
      };
    };
    responses: {
      /** @description The verbosity is set. */
      200: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      /** @description The body is no number that fits. */
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
      403: components["responses"]["ForbiddenDebugUpdate"];
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
      /** @description `enableDebugFlagsHandler` is off. There is no `Allow`. */
      405: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than PUT. */
      406: {
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
}
