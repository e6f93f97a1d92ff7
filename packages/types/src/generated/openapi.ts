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
  "/allocatedPods": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the pods that the kubelet has admitted, with the resources allocated to them
     * @description The active pods, with the resources in their specs that the kubelet has allocated; the spec in `/pods` may ask for others, in a resize that is not actuated. The status of
     *     each is empty.
     *
     *     Every query is ignored. A trailing slash is tolerated. Exists with gate KubeletAllocatedPodsEndpoint (alpha, off by default) and `enableDebuggingHandlers`.
     */
    get: operations["getAllocatedPods"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/allocatedPods/{namespace}/{pod}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show one admitted pod with the resources allocated to it
     * @description What `/allocatedPods` lists, by namespace and name: a static pod has the node's name in its own. A pod that has ended is not found.
     */
    get: operations["getAllocatedPod"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/allocatedPods/{namespace}/{pod}/{uid}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show one admitted pod with the resources allocated to it, if its UID is this
     * @description The same as without the UID; a pod of that name with another UID is not found.
     */
    get: operations["getAllocatedPodByUid"];
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
     * @description Families `kubelet_*`, `kubernetes_*`, `process_*`, `go_*` and those of libraries: 129 in 1.25, 258 in 1.37. Every method works as GET does; `Accept` chooses between text and protobuf.
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
     * @description Families `container_*` and `machine_*`, with timestamps. Every method works as GET does; `Accept` chooses between text and protobuf.
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
     * @description CPU and memory of node, pods and containers, with timestamps in milliseconds. Every method works as GET does; `Accept` chooses between text and protobuf.
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
     * @description Family `prober_probe_total` on a node whose containers have probes, and when the kubelet started, until somebody resets /metrics/slis. Every method works as GET does; `Accept` chooses between text and protobuf.
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
     * @description Families `kubernetes_healthcheck` and `kubernetes_healthchecks_total`; a series shows up when its check has run, as part of /healthz. Until a reset also when the kubelet started. 1.26 has the route with gate ComponentSLIs only.
     *     Every method but DELETE works as GET does; `Accept` chooses between text and protobuf.
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
  "/stats/summary": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show what node, pods and containers use
     * @description Indented by one blank, without a newline at the end. Waiting and ended containers are not listed, containers come in no order, and what was not measured yet, as in the
     *     first seconds of a pod, is not there.
     *
     *     `only_cpu_and_memory=true` leaves cpu and memory (and swap, by minor) of node, pods and containers; it counts only when it is there once and exactly so. A trailing slash is tolerated.
     */
    get: operations["getStatsSummary"];
    put?: never;
    /**
     * Show what node, pods and containers use, asked by a form
     * @description The same as GET. A body of type `application/x-www-form-urlencoded` counts as the query does, in front of it; other bodies are ignored.
     */
    post: operations["postStatsSummary"];
    delete?: never;
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
  "/run/{namespace}/{pod}/{container}": {
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
     * Run a command and return its output
     * @description Runs the command in the container (CRI ExecSync), waits for its end, and answers with what it wrote. There is no stdin and no time limit.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: pod, container, runtime.
     */
    post: operations["runCommand"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/run/{namespace}/{pod}/{uid}/{container}": {
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
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
     * Run a command, with the UID of the pod
     * @description As without the UID, which is never compared with the pod's.
     *
     *     Exists with `enableDebuggingHandlers` only.
     */
    post: operations["runCommandByUid"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exec/{namespace}/{pod}/{container}": {
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
    /**
     * Run a command with streams, by GET
     * @description Runs the command in the container and connects the streams that are asked for.
     *
     *     The streams of the upgraded connection are stdin, stdout, stderr, error and, with a terminal, resize: SPDY streams with a header `streamType`, or WebSocket messages
     *     whose first byte (0 to 4, in this order) names the channel. The error stream ends with a JSON status that holds the exit code.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, container, runtime, upgrade.
     *
     *     GET and POST do the same; WebSocket clients have to use GET.
     */
    get: operations["getExec"];
    put?: never;
    /**
     * Run a command with streams
     * @description Runs the command in the container and connects the streams that are asked for.
     *
     *     The streams of the upgraded connection are stdin, stdout, stderr, error and, with a terminal, resize: SPDY streams with a header `streamType`, or WebSocket messages
     *     whose first byte (0 to 4, in this order) names the channel. The error stream ends with a JSON status that holds the exit code.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, container, runtime, upgrade.
     *
     *     GET and POST do the same; SPDY clients may use either.
     */
    post: operations["postExec"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exec/{namespace}/{pod}/{uid}/{container}": {
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
        /**
         * @description Name of a running container of the pod; init and ephemeral containers count.
         * @example counter
         */
        container: string;
      };
      cookie?: never;
    };
    /**
     * Run a command with streams, with the UID of the pod, by GET
     * @description As without the UID, which is never compared with the pod's.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, container, runtime, upgrade.
     *
     *     GET and POST do the same; WebSocket clients have to use GET.
     */
    get: operations["getExecByUid"];
    put?: never;
    /**
     * Run a command with streams, with the UID of the pod
     * @description As without the UID, which is never compared with the pod's.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, container, runtime, upgrade.
     *
     *     GET and POST do the same; SPDY clients may use either.
     */
    post: operations["postExecByUid"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/attach/{namespace}/{pod}/{container}": {
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
    /**
     * Connect to the container's own process, by GET
     * @description Connects the streams that are asked for to the first process of the container; what it writes from then on arrives.
     *
     *     The streams of the upgraded connection are stdin, stdout, stderr, error and, with a terminal, resize: SPDY streams with a header `streamType`, or WebSocket messages
     *     whose first byte (0 to 4, in this order) names the channel. The error stream ends with a JSON status that holds the exit code.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, container, runtime, upgrade.
     *
     *     GET and POST do the same; WebSocket clients have to use GET.
     */
    get: operations["getAttach"];
    put?: never;
    /**
     * Connect to the container's own process
     * @description Connects the streams that are asked for to the first process of the container; what it writes from then on arrives.
     *
     *     The streams of the upgraded connection are stdin, stdout, stderr, error and, with a terminal, resize: SPDY streams with a header `streamType`, or WebSocket messages
     *     whose first byte (0 to 4, in this order) names the channel. The error stream ends with a JSON status that holds the exit code.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, container, runtime, upgrade.
     *
     *     GET and POST do the same; SPDY clients may use either.
     */
    post: operations["postAttach"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/attach/{namespace}/{pod}/{uid}/{container}": {
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
        /**
         * @description Name of a running container of the pod; init and ephemeral containers count.
         * @example counter
         */
        container: string;
      };
      cookie?: never;
    };
    /**
     * Connect to the container's own process, with the UID of the pod, by GET
     * @description As without the UID; a pod with another UID is 500.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, UID, container, runtime, upgrade.
     *
     *     GET and POST do the same; WebSocket clients have to use GET.
     */
    get: operations["getAttachByUid"];
    put?: never;
    /**
     * Connect to the container's own process, with the UID of the pod
     * @description As without the UID; a pod with another UID is 500.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: streams, pod, UID, container, runtime, upgrade.
     *
     *     GET and POST do the same; SPDY clients may use either.
     */
    post: operations["postAttachByUid"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/portForward/{namespace}/{pod}": {
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
      };
      cookie?: never;
    };
    /**
     * Connect to ports of a pod, by GET
     * @description Connects to ports of the pod. A SPDY client opens two streams for each connection, with the headers `port`, `requestID` and `streamType` (`data` or `error`). A
     *     WebSocket client has two channels for each port, 2i for data and 2i+1 for errors; the first message of each is the port, as two bytes, the low one first.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: ports of a WebSocket client, pod, runtime, upgrade.
     *
     *     GET and POST do the same; WebSocket clients have to use GET.
     */
    get: operations["getPortForward"];
    put?: never;
    /**
     * Connect to ports of a pod
     * @description Connects to ports of the pod. A SPDY client opens two streams for each connection, with the headers `port`, `requestID` and `streamType` (`data` or `error`). A
     *     WebSocket client has two channels for each port, 2i for data and 2i+1 for errors; the first message of each is the port, as two bytes, the low one first.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: ports of a WebSocket client, pod, runtime, upgrade.
     *
     *     GET and POST do the same; SPDY clients may use either.
     */
    post: operations["postPortForward"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/portForward/{namespace}/{pod}/{uid}": {
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
      };
      cookie?: never;
    };
    /**
     * Connect to ports of a pod, with its UID, by GET
     * @description As without the UID; a pod with another UID is 404.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: ports of a WebSocket client, pod, UID, runtime, upgrade.
     *
     *     GET and POST do the same; WebSocket clients have to use GET.
     */
    get: operations["getPortForwardByUid"];
    put?: never;
    /**
     * Connect to ports of a pod, with its UID
     * @description As without the UID; a pod with another UID is 404.
     *
     *     Exists with `enableDebuggingHandlers` only. Checks run in this order: ports of a WebSocket client, pod, UID, runtime, upgrade.
     *
     *     GET and POST do the same; SPDY clients may use either.
     */
    post: operations["postPortForwardByUid"];
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
    /** @description A v1 Pod by itself, with `kind` and `apiVersion`. */
    AllocatedPod: {
      /** @constant */
      kind: "Pod";
      /** @constant */
      apiVersion: "v1";
    } & components["schemas"]["Pod"];
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
      /** @description Null in /runningpods/ for a pod of which nothing runs but its sandbox. */
      containers: components["schemas"]["Container"][] | null;
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
    /** @description Empty in /runningpods/ and /allocatedPods. */
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
    FailureStatus: {
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
    /** @description Bytes as they are. */
    Bytes: string;
    /** @description Who asked for what. From 1.32 on all subresources are listed, of which one would have been enough, and the text ends with a newline. HEAD, OPTIONS and unknown methods have an empty verb. */
    Forbidden: string;
    /** @description Prometheus text format 0.0.4. OpenMetrics is never chosen, whatever `Accept` says. Compressed with gzip when the client asks for it. */
    Metrics: string;
    /**
     * Format: binary
     * @description Messages `io.prometheus.client.MetricFamily`, each behind its length as a varint. Chosen when `Accept` names this type with `proto` and `encoding=delimited`; `encoding=text` and `encoding=compact-text` give protobuf's text format instead.
     */
    MetricsProtobuf: string;
    /** @description An unsigned 64-bit number; larger ones than 2^53 lose digits in JavaScript. */
    StatsNumber: number;
    /**
     * Format: date-time
     * @description RFC 3339, UTC, whole seconds.
     */
    StatsTime: string;
    /** @description What node and pods use. A number that is not there is not known; 0 is zero. */
    StatsSummary: {
      node: components["schemas"]["NodeStats"];
      pods: components["schemas"]["PodStats"][];
    } & {
      [key: string]: unknown;
    };
    /** @description The node as a whole. */
    NodeStats: {
      nodeName: string;
      /** @description `kubelet`, `runtime`, `misc`, `pods`. */
      systemContainers?: components["schemas"]["ContainerStats"][];
      startTime: components["schemas"]["StatsTime"];
      cpu?: components["schemas"]["CpuStats"];
      memory?: components["schemas"]["MemoryStats"];
      io?: components["schemas"]["IoStats"];
      network?: components["schemas"]["NetworkStats"];
      fs?: components["schemas"]["FsStats"];
      runtime?: components["schemas"]["RuntimeStats"];
      rlimit?: components["schemas"]["RlimitStats"];
      swap?: components["schemas"]["SwapStats"];
    } & {
      [key: string]: unknown;
    };
    /** @description One pod. Pods whose containers all wait or have ended are there as well. */
    PodStats: {
      podRef: components["schemas"]["PodReference"];
      startTime: components["schemas"]["StatsTime"];
      /** @description The running ones. */
      containers: components["schemas"]["ContainerStats"][] | null;
      cpu?: components["schemas"]["CpuStats"];
      memory?: components["schemas"]["MemoryStats"];
      io?: components["schemas"]["IoStats"];
      network?: components["schemas"]["NetworkStats"];
      volume?: components["schemas"]["VolumeStats"][];
      "ephemeral-storage"?: components["schemas"]["FsStats"];
      process_stats?: components["schemas"]["ProcessStats"];
      swap?: components["schemas"]["SwapStats"];
    } & {
      [key: string]: unknown;
    };
    PodReference: {
      name: string;
      namespace: string;
      uid: string;
    } & {
      [key: string]: unknown;
    };
    /** @description A running container, or a part of the system. */
    ContainerStats: {
      name: string;
      startTime: components["schemas"]["StatsTime"];
      cpu?: components["schemas"]["CpuStats"];
      memory?: components["schemas"]["MemoryStats"];
      io?: components["schemas"]["IoStats"];
      accelerators?: components["schemas"]["AcceleratorStats"][];
      rootfs?: components["schemas"]["FsStats"];
      logs?: components["schemas"]["FsStats"];
      userDefinedMetrics?: components["schemas"]["UserDefinedMetric"][];
      swap?: components["schemas"]["SwapStats"];
    } & {
      [key: string]: unknown;
    };
    CpuStats: {
      time: components["schemas"]["StatsTime"];
      usageNanoCores?: components["schemas"]["StatsNumber"];
      usageCoreNanoSeconds?: components["schemas"]["StatsNumber"];
      psi?: components["schemas"]["PsiStats"];
    } & {
      [key: string]: unknown;
    };
    MemoryStats: {
      time: components["schemas"]["StatsTime"];
      /** @description Absent without a limit. */
      availableBytes?: components["schemas"]["StatsNumber"];
      usageBytes?: components["schemas"]["StatsNumber"];
      workingSetBytes?: components["schemas"]["StatsNumber"];
      rssBytes?: components["schemas"]["StatsNumber"];
      pageFaults?: components["schemas"]["StatsNumber"];
      majorPageFaults?: components["schemas"]["StatsNumber"];
      psi?: components["schemas"]["PsiStats"];
    } & {
      [key: string]: unknown;
    };
    IoStats: {
      time: components["schemas"]["StatsTime"];
      psi?: components["schemas"]["PsiStats"];
    } & {
      [key: string]: unknown;
    };
    /** @description Pressure stall information; zeros where the kernel or cgroup v1 has none. */
    PsiStats: {
      full: components["schemas"]["PsiData"];
      some: components["schemas"]["PsiData"];
    } & {
      [key: string]: unknown;
    };
    PsiData: {
      total: components["schemas"]["StatsNumber"];
      avg10: number;
      avg60: number;
      avg300: number;
    } & {
      [key: string]: unknown;
    };
    /** @description The default interface in line, if one is taken for it, and all of them in `interfaces`. */
    NetworkStats: {
      time: components["schemas"]["StatsTime"];
      /** @description Empty when none is the default. */
      name: string;
      rxBytes?: components["schemas"]["StatsNumber"];
      rxErrors?: components["schemas"]["StatsNumber"];
      txBytes?: components["schemas"]["StatsNumber"];
      txErrors?: components["schemas"]["StatsNumber"];
      interfaces?: components["schemas"]["InterfaceStats"][];
    } & {
      [key: string]: unknown;
    };
    InterfaceStats: {
      name: string;
      rxBytes?: components["schemas"]["StatsNumber"];
      rxErrors?: components["schemas"]["StatsNumber"];
      txBytes?: components["schemas"]["StatsNumber"];
      txErrors?: components["schemas"]["StatsNumber"];
    } & {
      [key: string]: unknown;
    };
    /** @description Capacity and what is free are the disk's, what is used is the subject's own. */
    FsStats: {
      time: components["schemas"]["StatsTime"];
      availableBytes?: components["schemas"]["StatsNumber"];
      capacityBytes?: components["schemas"]["StatsNumber"];
      usedBytes?: components["schemas"]["StatsNumber"];
      inodesFree?: components["schemas"]["StatsNumber"];
      inodes?: components["schemas"]["StatsNumber"];
      inodesUsed?: components["schemas"]["StatsNumber"];
    } & {
      [key: string]: unknown;
    };
    VolumeStats: {
      time: components["schemas"]["StatsTime"];
      availableBytes?: components["schemas"]["StatsNumber"];
      capacityBytes?: components["schemas"]["StatsNumber"];
      usedBytes?: components["schemas"]["StatsNumber"];
      inodesFree?: components["schemas"]["StatsNumber"];
      inodes?: components["schemas"]["StatsNumber"];
      inodesUsed?: components["schemas"]["StatsNumber"];
      name?: string;
      pvcRef?: {
        name: string;
        namespace: string;
      } & {
        [key: string]: unknown;
      };
      volumeHealthStats?: {
        abnormal: boolean;
      } & {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    RuntimeStats: {
      imageFs?: components["schemas"]["FsStats"];
      containerFs?: components["schemas"]["FsStats"];
    } & {
      [key: string]: unknown;
    };
    RlimitStats: {
      time: components["schemas"]["StatsTime"];
      /** Format: int64 */
      maxpid?: number;
      /** Format: int64 */
      curproc?: number;
    } & {
      [key: string]: unknown;
    };
    SwapStats: {
      time: components["schemas"]["StatsTime"];
      swapAvailableBytes?: components["schemas"]["StatsNumber"];
      swapUsageBytes?: components["schemas"]["StatsNumber"];
    } & {
      [key: string]: unknown;
    };
    ProcessStats: {
      process_count?: components["schemas"]["StatsNumber"];
    } & {
      [key: string]: unknown;
    };
    /** @description Not filled by the kubelets of these minors. */
    AcceleratorStats: {
      make: string;
      model: string;
      id: string;
      memoryTotal: components["schemas"]["StatsNumber"];
      memoryUsed: components["schemas"]["StatsNumber"];
      dutyCycle: components["schemas"]["StatsNumber"];
    } & {
      [key: string]: unknown;
    };
    UserDefinedMetric: {
      name: string;
      /** @enum {string} */
      type: "gauge" | "cumulative" | "delta";
      units: string;
      labels?: {
        [key: string]: string;
      };
      time: components["schemas"]["StatsTime"];
      value: number;
    } & {
      [key: string]: unknown;
    };
    /** @description The permission that is lacking, or the protocols of client and runtime. */
    Refused: string;
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
        "application/json": components["schemas"]["FailureStatus"];
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
        "application/json": components["schemas"]["FailureStatus"];
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
     * @description SPDY. What the runtime speaks, one header for each, the best first.
     * @example v4.channel.k8s.io
     */
    AcceptedStreamProtocols: string;
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
          "application/octet-stream": components["schemas"]["Text"];
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
  getAllocatedPods: {
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
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenPods"];
      /** @description The gate or the debugging handlers are off (sent without authentication), or the path has one more segment and not two. */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
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
  getAllocatedPod: {
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
         * @description Name of the pod.
         * @example counter-lab-node
         */
        pod: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pod. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AllocatedPod"];
        };
      };
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenPods"];
      /** @description There is no such active pod, or the gate or the debugging handlers are off (sent without authentication). */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
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
  getAllocatedPodByUid: {
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
         * @description Name of the pod.
         * @example counter-lab-node
         */
        pod: string;
        /**
         * @description UID that the pod must have.
         * @example 26d64206129bde0ab497d34d0182a93a
         */
        uid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pod. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AllocatedPod"];
        };
      };
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["ForbiddenPods"];
      /** @description There is no such active pod, or the gate or the debugging handlers are off (sent without authentication). */
      404: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
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
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=values": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores": components["schemas"]["MetricsProtobuf"];
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
      query?: {
        /**
         * @description A family to answer; may be repeated. Without it all are answered. Ignored before 1.37.
         * @example [
         *       "machine_cpu_cores"
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
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=values": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores": components["schemas"]["MetricsProtobuf"];
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
      query?: {
        /**
         * @description A family to answer; may be repeated. Without it all are answered. Ignored before 1.37.
         * @example [
         *       "node_cpu_usage_seconds_total"
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
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=values": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores": components["schemas"]["MetricsProtobuf"];
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
      query?: {
        /**
         * @description A family to answer; may be repeated. Without it all are answered. Ignored before 1.37.
         * @example [
         *       "prober_probe_total"
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
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=values": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores": components["schemas"]["MetricsProtobuf"];
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
      query?: {
        /**
         * @description A family to answer; may be repeated. Without it all are answered. Ignored before 1.37.
         * @example [
         *       "kubernetes_healthcheck"
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
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=values": components["schemas"]["MetricsProtobuf"];
          "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores": components["schemas"]["MetricsProtobuf"];
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
  getStatsSummary: {
    parameters: {
      query?: {
        /**
         * @description `true`, once, leaves the rest out. Any other value, and `true` twice, is ignored.
         * @example true
         */
        only_cpu_and_memory?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The summary. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StatsSummary"];
        };
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      401: components["responses"]["Unauthorized"];
      /** @description The subresource `stats` is not granted to the user, for this verb. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description The path has another segment. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than the path has. HEAD gets it too, with an empty body. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      406: components["responses"]["NotAcceptable"];
      /** @description The form cannot be read, the figures cannot be gathered, or the API server cannot be asked for the permission. */
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
  postStatsSummary: {
    parameters: {
      query?: {
        /**
         * @description `true`, once, leaves the rest out. Any other value, and `true` twice, is ignored.
         * @example true
         */
        only_cpu_and_memory?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The parameter as a form. */
    requestBody?: {
      content: {
        "application/x-www-form-urlencoded": {
          only_cpu_and_memory?: string;
        } & {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description The summary. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StatsSummary"];
        };
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      401: components["responses"]["Unauthorized"];
      /** @description The subresource `stats` is not granted to the user, for this verb. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description The path has another segment. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than the path has. HEAD gets it too, with an empty body. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
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
      /** @description The form cannot be read, the figures cannot be gathered, or the API server cannot be asked for the permission. */
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
      /** @description The file, or the listing. The type of a file is that of its name where the node knows one (`application/gzip` for `dpkg.log.1.gz`, for instance), else text or bytes by its content; types other than those given here come only from such names and contents. */
      200: {
        headers: {
          "Accept-Ranges": components["headers"]["AcceptRanges"];
          "Last-Modified": components["headers"]["LastModified"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "text/html": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Bytes"];
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
          "multipart/byteranges": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Bytes"];
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
  runCommand: {
    parameters: {
      query?: {
        /**
         * @description The command. It is cut at every single blank, without quotes or escapes, so that two blanks make an empty argument; the first value counts. Missing or
         *     empty it is one empty word, which no runtime can start. Up to 1.28 a form body may hold it as well, and wins.
         * @example echo hi
         */
        cmd?: string;
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
      /** @description The command ended with 0. The body is its stdout followed by its stderr, as they are, although the type says JSON. A command that wrote nothing is answered with an empty body that has no type. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than POST; or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The container is unknown or does not run, the command ended with another code than 0, the runtime could not start it, or the API server cannot be asked for the permission. What the command wrote to stdout is lost. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Text"];
        };
      };
    };
  };
  runCommandByUid: {
    parameters: {
      query?: {
        /**
         * @description The command. It is cut at every single blank, without quotes or escapes, so that two blanks make an empty argument; the first value counts. Missing or
         *     empty it is one empty word, which no runtime can start. Up to 1.28 a form body may hold it as well, and wins.
         * @example echo hi
         */
        cmd?: string;
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
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
      /** @description The command ended with 0. The body is its stdout followed by its stderr, as they are, although the type says JSON. A command that wrote nothing is answered with an empty body that has no type. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Text"];
        };
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Forbidden"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than POST; or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The container is unknown or does not run, the command ended with another code than 0, the runtime could not start it, or the API server cannot be asked for the permission. What the command wrote to stdout is lost. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Text"];
        };
      };
    };
  };
  getExec: {
    parameters: {
      query?: {
        /**
         * @description The program and its arguments, one parameter each, in order; no shell is involved. Without any, the runtime is asked all the same.
         * @example [
         *       "cat",
         *       "/etc/hostname"
         *     ]
         */
        command?: string[];
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `get`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
  postExec: {
    parameters: {
      query?: {
        /**
         * @description The program and its arguments, one parameter each, in order; no shell is involved. Without any, the runtime is asked all the same.
         * @example [
         *       "cat",
         *       "/etc/hostname"
         *     ]
         */
        command?: string[];
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
  getExecByUid: {
    parameters: {
      query?: {
        /**
         * @description The program and its arguments, one parameter each, in order; no shell is involved. Without any, the runtime is asked all the same.
         * @example [
         *       "cat",
         *       "/etc/hostname"
         *     ]
         */
        command?: string[];
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `get`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
  postExecByUid: {
    parameters: {
      query?: {
        /**
         * @description The program and its arguments, one parameter each, in order; no shell is involved. Without any, the runtime is asked all the same.
         * @example [
         *       "cat",
         *       "/etc/hostname"
         *     ]
         */
        command?: string[];
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
  getAttach: {
    parameters: {
      query?: {
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `get`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has another UID, the container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Text"];
        };
      };
    };
  };
  postAttach: {
    parameters: {
      query?: {
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has another UID, the container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Text"];
        };
      };
    };
  };
  getAttachByUid: {
    parameters: {
      query?: {
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `get`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has another UID, the container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Text"];
        };
      };
    };
  };
  postAttachByUid: {
    parameters: {
      query?: {
        /** @description `1` connects stdin. Every other value, and the name `stdin`, counts as absent. The first value counts; that of a form body goes before the query's. */
        input?: "1";
        /**
         * @description `1` connects stdout. Every other value, and the name `stdout`, counts as absent.
         * @example 1
         */
        output?: "1";
        /** @description `1` connects stderr. Every other value, and the name `stderr`, counts as absent; so does `1` beside `tty=1`, since a terminal has one output. */
        error?: "1";
        /** @description `1` gives the command a terminal. Every other value counts as absent. attach ignores it: the container's own `tty` counts. */
        tty?: "1";
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the channel protocols that the client speaks, one header each, the best first. `v4.channel.k8s.io`, `v3.channel.k8s.io`, `v2.channel.k8s.io`, `channel.k8s.io`.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: the channel protocols that the client speaks. `v5.channel.k8s.io` (from 1.36), `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, `channel.k8s.io`, `base64.channel.k8s.io`, or no such header.
         * @example [
         *       "v5.channel.k8s.io",
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
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
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      /** @description No stream is asked for, a SPDY client names no protocol that it speaks, or a WebSocket client another version than 13 (`missing or bad WebSocket Version`, without a type). A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has another UID, the container is unknown or does not run, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
      500: {
        headers: {
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
          "application/octet-stream": components["schemas"]["Text"];
        };
      };
    };
  };
  getPortForward: {
    parameters: {
      query?: {
        /**
         * @description Ports of the pod, 1 to 65535, comma separated or one parameter each. Read when the request asks for WebSocket and not for the tunnel; a SPDY client names the port on each stream instead.
         * @example [
         *       80
         *     ]
         */
        port?: number[];
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the protocol that the client speaks, `portforward.k8s.io`.
         * @example [
         *       "portforward.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, or no such header; from 1.36 on also `SPDY/3.1+portforward.k8s.io`, which carries the SPDY connection inside binary messages.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description A WebSocket client asks for no port or for none that a port can be, which is looked at before the pod; or a SPDY client names no protocol. A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `get`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist or has another UID, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has no sandbox, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
  postPortForward: {
    parameters: {
      query?: {
        /**
         * @description Ports of the pod, 1 to 65535, comma separated or one parameter each. Read when the request asks for WebSocket and not for the tunnel; a SPDY client names the port on each stream instead.
         * @example [
         *       80
         *     ]
         */
        port?: number[];
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the protocol that the client speaks, `portforward.k8s.io`.
         * @example [
         *       "portforward.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, or no such header; from 1.36 on also `SPDY/3.1+portforward.k8s.io`, which carries the SPDY connection inside binary messages.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      /** @description A WebSocket client asks for no port or for none that a port can be, which is looked at before the pod; or a SPDY client names no protocol. A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist or has another UID, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has no sandbox, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
  getPortForwardByUid: {
    parameters: {
      query?: {
        /**
         * @description Ports of the pod, 1 to 65535, comma separated or one parameter each. Read when the request asks for WebSocket and not for the tunnel; a SPDY client names the port on each stream instead.
         * @example [
         *       80
         *     ]
         */
        port?: number[];
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the protocol that the client speaks, `portforward.k8s.io`.
         * @example [
         *       "portforward.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, or no such header; from 1.36 on also `SPDY/3.1+portforward.k8s.io`, which carries the SPDY connection inside binary messages.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanently"];
      307: components["responses"]["TemporaryRedirect"];
      /** @description A WebSocket client asks for no port or for none that a port can be, which is looked at before the pod; or a SPDY client names no protocol. A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `get`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist or has another UID, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has no sandbox, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
  postPortForwardByUid: {
    parameters: {
      query?: {
        /**
         * @description Ports of the pod, 1 to 65535, comma separated or one parameter each. Read when the request asks for WebSocket and not for the tunnel; a SPDY client names the port on each stream instead.
         * @example [
         *       80
         *     ]
         */
        port?: number[];
      };
      header?: {
        /**
         * @description `SPDY/3.1` or `websocket`, together with `Connection: Upgrade`. Over HTTP/1.1 only.
         * @example SPDY/3.1
         */
        Upgrade?: "SPDY/3.1" | "websocket";
        /**
         * @description SPDY: the protocol that the client speaks, `portforward.k8s.io`.
         * @example [
         *       "portforward.k8s.io"
         *     ]
         */
        "X-Stream-Protocol-Version"?: string[];
        /**
         * @description WebSocket: `v4.channel.k8s.io`, `v4.base64.channel.k8s.io`, or no such header; from 1.36 on also `SPDY/3.1+portforward.k8s.io`, which carries the SPDY connection inside binary messages.
         * @example [
         *       "v4.channel.k8s.io"
         *     ]
         */
        "Sec-WebSocket-Protocol"?: string[];
      };
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
         * @description UID of the pod. Compared by attach and portForward only; run and exec take any text.
         * @example 8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90
         */
        uid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connection now speaks SPDY/3.1 or WebSocket. The protocol that was chosen is in `X-Stream-Protocol-Version` or `Sec-WebSocket-Protocol`, of which the latter is there and empty when the client named none. */
      101: {
        headers: {
          /**
           * @description Always `Upgrade`.
           * @example Upgrade
           */
          Connection?: "Upgrade";
          /**
           * @description What the client asked for.
           * @example SPDY/3.1
           */
          Upgrade?: "SPDY/3.1" | "websocket";
          /**
           * @description SPDY. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "X-Stream-Protocol-Version"?: string;
          /**
           * @description WebSocket. The answer to Sec-WebSocket-Key (RFC 6455).
           * @example s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
           */
          "Sec-WebSocket-Accept"?: string;
          /**
           * @description WebSocket. The protocol that was chosen.
           * @example v4.channel.k8s.io
           */
          "Sec-WebSocket-Protocol"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      301: components["responses"]["MovedPermanentlyWithoutBody"];
      307: components["responses"]["TemporaryRedirectWithoutBody"];
      /** @description A WebSocket client asks for no port or for none that a port can be, which is looked at before the pod; or a SPDY client names no protocol. A percent sign in the path without two hexadecimal digits is 400, too. */
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
      /** @description The user lacks the permission `nodes/proxy`, verb `create`; or the client speaks none of the runtime's protocols, which closes the connection. A WebSocket client then gets an empty body without a type. */
      403: {
        headers: {
          "X-Accepted-Stream-Protocol-Versions": components["headers"]["AcceptedStreamProtocols"];
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Refused"];
        };
      };
      /** @description The pod does not exist or has another UID, or the path has another number of segments. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description Another method than GET and POST; or, from the runtime and without a type, a WebSocket client that asks by POST (`bad method`, the connection is closed); or debugging handlers are off, or this is the read-only port, which both answer without authentication. */
      405: {
        headers: {
          /**
           * @description The methods that the path has.
           * @example GET, POST
           */
          Allow?: string;
          "X-Content-Type-Options": components["headers"]["NoSniff"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description `Accept` does not hold `*\/*`. No other type counts, `application/json` and `text/plain` included. A missing or empty `Accept` means `*\/*`. */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description In place of 406 when the request has no `Content-Length` header. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The runtime holds too many one-time tokens, or is out of another resource (gRPC code ResourceExhausted). */
      429: {
        headers: {
          /**
           * @description Seconds.
           * @example 60
           */
          "Retry-After"?: string;
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Text"];
        };
      };
      /** @description The pod has no sandbox, the request asks for no upgrade (which is seen last, after the runtime has made a token), the runtime failed, or the API server cannot be asked for the permission. */
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
