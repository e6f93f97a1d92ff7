import { inRange } from "@kubelet-conformance/spec";

/** The first minor whose gates are known: 1.25 to 1.27 have some that no later one has. */
const firstKnown = "1.28";

/**
 * Names of feature gates by the minors that have them, from the metric kubernetes_feature_enabled of 1.28, 1.30 and 1.33 to 1.37. In a minor
 * between them a gate counts as known when either neighbour has it.
 */
const names: readonly (readonly [range: { since?: string; until?: string }, names: string])[] = [
  [
    { until: "1.29" },
    "APISelfSubjectReview CSIMigrationAzureFile CSIMigrationvSphere CronJobTimeZone DownwardAPIHugePages ExpandedDNSConfig ExperimentalHostUserNamespaceDefaulting GRPCContainerProbe IPTablesOwnershipCleanup JobMutableNodeSchedulingDirectives JobTrackingWithFinalizers KubeletPodResources KubeletPodResourcesGetAllocatable LegacyServiceAccountTokenNoAutoGeneration LegacyServiceAccountTokenTracking MinimizeIPTablesRestore MultiCIDRRangeAllocator OpenAPIV3 ProbeTerminationGracePeriod ProxyTerminatingEndpoints RemoveSelfLink RetroactiveDefaultStorageClass SeccompDefault SecurityContextDeny TopologyManager",
  ],
  [
    { until: "1.32" },
    "APIListChunking APIPriorityAndFairness AdmissionWebhookMatchConditions AggregatedDiscoveryEndpoint AppArmor CPUManager CSIMigrationRBD CSINodeExpandSecret CloudDualStackNodeIPs ConsistentHTTPGetHandlers CustomResourceValidationExpressions DefaultHostNetworkHostPortsInPodTemplates DisableCloudProviders DisableKubeletCloudCredentialProviders EfficientWatchResumption HPAContainerMetrics InTreePluginAWSUnregister InTreePluginAzureDiskUnregister InTreePluginAzureFileUnregister InTreePluginGCEUnregister InTreePluginOpenStackUnregister InTreePluginRBDUnregister InTreePluginvSphereUnregister JobPodFailurePolicy JobReadyPods KMSv2 KMSv2KDF KubeProxyDrainingTerminatingNodes LegacyServiceAccountTokenCleanUp MinDomainsInPodTopologySpread NewVolumeManagerReconstruction NodeOutOfServiceVolumeDetach PDBUnhealthyPodEvictionPolicy PersistentVolumeLastPhaseTransitionTime PodHostIPs ReadWriteOncePod RemainingItemCount ServerSideApply ServerSideFieldValidation ServiceNodePortStaticSubrange SkipReadOnlyValidationGCE StableLoadBalancerNodeSet ValidatingAdmissionPolicy VolumeCapacityPriority WatchBookmark",
  ],
  [{ until: "1.33" }, "DevicePluginCDIDevices ElasticIndexedJob PodDisruptionConditions StatefulSetStartOrdinal"],
  [{ until: "1.34" }, "ComponentSLIs CronJobsScheduledAnnotation PodIndexLabel SizeMemoryBackedVolumes StatefulSetAutoDeletePVC"],
  [
    { until: "1.35" },
    "CSIMigrationPortworx HonorPVReclaimPolicy InTreePluginPortworxUnregister MemoryManager TopologyAwareHints WatchFromStorageWithoutResourceVersion",
  ],
  [
    { until: "1.36" },
    "APIServerTracing AnyVolumeDataSource ConsistentListFromCache JobBackoffLimitPerIndex JobPodReplacementPolicy LogarithmicScaleDown SchedulerQueueingHints SidecarContainers",
  ],
  [
    {},
    "APIResponseCompression APIServerIdentity AllAlpha AllBeta CPUManagerPolicyAlphaOptions CPUManagerPolicyBetaOptions CPUManagerPolicyOptions CRDValidationRatcheting CSIVolumeHealth CloudControllerManagerWebhook ClusterTrustBundle ContainerCheckpoint ContextualLogging CrossNamespaceVolumeDataSource CustomCPUCFSQuotaPeriod DynamicResourceAllocation EventedPLEG ExecProbeTimeout GracefulNodeShutdown GracefulNodeShutdownBasedOnPodPriority HPAScaleToZero InPlacePodVerticalScaling KMSv1 KubeletCgroupDriverFromCRI KubeletInUserNamespace KubeletPodResourcesDynamicResources KubeletPodResourcesGet KubeletTracing LocalStorageCapacityIsolationFSQuotaMonitoring LoggingAlphaOptions LoggingBetaOptions MatchLabelKeysInPodTopologySpread MaxUnavailableStatefulSet MemoryQoS MultiCIDRServiceAllocator NodeInclusionPolicyInPodTopologySpread NodeLogQuery NodeSwap OpenAPIEnums PodAndContainerStatsFromCRI PodDeletionCost PodReadyToStartContainersCondition PodSchedulingReadiness ProcMountType QOSReserved RecoverVolumeExpansionFailure RotateKubeletServerCertificate SELinuxMountReadWriteOncePod SeparateCacheWatchRPC StorageVersionAPI StorageVersionHash TopologyManagerPolicyAlphaOptions TopologyManagerPolicyBetaOptions TopologyManagerPolicyOptions UnauthenticatedHTTP2DOSMitigation UnknownVersionInteroperabilityProxy UserNamespacesSupport WatchList WinDSR WinOverlay WindowsHostNetwork",
  ],
  [{ since: "1.29", until: "1.32" }, "AppArmorFields ZeroLimitedNominalConcurrencyShares"],
  [
    { since: "1.29", until: "1.34" },
    "AllowServiceLBStatusOnNonLB LoadBalancerIPMode StrictCostEnforcementForVAP StrictCostEnforcementForWebhooks UserNamespacesPodSecurityStandards",
  ],
  [{ since: "1.29", until: "1.35" }, "ServiceTrafficDistribution StructuredAuthorizationConfiguration"],
  [
    { since: "1.29", until: "1.36" },
    "JobSuccessPolicy OrderedNamespaceDeletion PodLifecycleSleepAction RetryGenerateName StructuredAuthenticationConfiguration",
  ],
  [
    { since: "1.29" },
    "APIServingWithRoutine ClusterTrustBundleProjection CustomResourceFieldSelectors DisableNodeKubeProxyVersion ImageMaximumGCAge InformerResourceVersion JobManagedBy KubeletSeparateDiskGC MatchLabelKeysInPodAffinity MutatingAdmissionPolicy NFTablesProxyMode PortForwardWebsockets RecursiveReadOnlyMounts RelaxedEnvironmentVariableValidation RuntimeClassInImageCriApi SELinuxMount SeparateTaintEvictionController ServiceAccountTokenJTI ServiceAccountTokenNodeBinding ServiceAccountTokenNodeBindingValidation ServiceAccountTokenPodNodeInfo StorageNamespaceIndex StorageVersionMigrator TranslateStreamCloseWebsocketRequests VolumeAttributesClass WatchListClient",
  ],
  [{ since: "1.31", until: "1.33" }, "LegacySidecarContainers"],
  [{ since: "1.31", until: "1.35" }, "InPlacePodVerticalScalingAllocatedStatus"],
  [
    { since: "1.31", until: "1.36" },
    "AnonymousAuthConfigurableEndpoints AuthorizeNodeWithSelectors AuthorizeWithSelectors BtreeWatchCache PodLifecycleSleepActionAllowZero RelaxedDNSSearchValidation ResilientWatchCacheInitialization StreamingCollectionEncodingToJSON StreamingCollectionEncodingToProtobuf",
  ],
  [
    { since: "1.31" },
    "AggregatedDiscoveryRemoveBetaType AllowDNSOnlyNodeCSR AllowInsecureKubeletCertificateSigningRequests AllowOverwriteTerminationGracePeriodSeconds AllowParsingUserUIDFromCertAuth AllowUnsafeMalformedObjectDeletion CBORServingAndStorage ClientsAllowCBOR ClientsPreferCBOR ComponentFlagz ComponentStatusz ConcurrentWatchObjectDecode ContainerStopSignals CoordinatedLeaderElection DRAAdminAccess DRADeviceTaints DRAPartitionableDevices DRAPrioritizedList DRAResourceClaimDeviceStatus DeclarativeValidation DeclarativeValidationTakeover DeploymentReplicaSetTerminatingReplicas DisableAllocatorDualWrite DisableCPUQuotaWithExclusiveCPUs ExternalServiceAccountTokenSigner GitRepoVolumeDriver HPAConfigurableTolerance ImageVolume InOrderInformers InPlacePodVerticalScalingExclusiveCPUs KubeletCrashLoopBackOffMax KubeletEnsureSecretPulledImages KubeletFineGrainedAuthz KubeletPSI KubeletRegistrationGetOnExistsOnly KubeletServiceAccountTokenForCredentialProviders ListFromCacheSnapshot MutableCSINodeAllocatableCount PodLevelResources PodLogsQuerySplitStreams PodObservedGenerationTracking PodTopologyLabelsAdmission PreferSameTrafficDistribution ReduceDefaultCrashLoopBackOffDecay ReloadKubeletServerCertificateFile RemoteRequestHeaderUID ResourceHealthStatus SELinuxChangePolicy SchedulerAsyncPreemption SchedulerPopFromBackoffQ ServiceAccountNodeAudienceRestriction StorageCapacityScoring StrictIPCIDRValidation SupplementalGroupsPolicy SystemdWatchdog WatchCacheInitializationPostStartHook WindowsCPUAndMemoryAffinity WindowsGracefulNodeShutdown",
  ],
  [{ since: "1.34", until: "1.34" }, "ProbeHostPodSecurityStandards"],
  [{ since: "1.34", until: "1.36" }, "PreventStaticPodAPIReferences"],
  [
    { since: "1.34" },
    "ClearingNominatedNodeNameAfterBinding ContainerRestartRules DRAConsumableCapacity DRADeviceBindingConditions DRAExtendedResource DRASchedulerFilterTimeout DetectCacheInconsistency EnvFiles HostnameOverride InPlacePodVerticalScalingExclusiveMemory KubeletPodResourcesListUseActivePods MatchLabelKeysInPodTopologySpreadSelectorMerge NominatedNodeNameForExpectation PodCertificateRequest RelaxedServiceNameValidation SchedulerAsyncAPICalls SizeBasedListCostEstimate StatefulSetSemanticRevisionComparison StructuredAuthenticationConfigurationEgressSelector TokenRequestServiceAccountUIDValidation",
  ],
  [{ since: "1.35", until: "1.36" }, "GangScheduling"],
  [
    { since: "1.35" },
    "AuthorizePodWebsocketUpgradeCreatePermission CRDObservedGenerationTracking CSIServiceAccountTokenSecrets ChangeContainerStatusOnKubeletRestart CloudControllerManagerWatchBasedRoutesReconciliation ConstrainedImpersonation DRADeviceTaintRules GenericWorkload InOrderInformersBatchProcess InPlacePodLevelResourcesVerticalScaling MutablePVNodeAffinity MutablePodResourcesForSuspendedJobs MutableSchedulingDirectivesForSuspendedJobs NodeDeclaredFeatures OpportunisticBatching RestartAllContainersOnContainerExits StructuredAuthenticationConfigurationJWKSMetrics TaintTolerationComparisonOperators UserNamespacesHostNetworkSupport VolumeLimitScaling",
  ],
  [{ since: "1.36", until: "1.36" }, "WorkloadAwarePreemption"],
  [
    { since: "1.36" },
    "AllowServiceExternalIPs AtomicFIFO CRIListStreaming ClientsAllowCARotation ClientsAllowTLSCacheGC ControllerManagerReleaseLeaderElectionLockOnExit DRAListTypeAttributes DRANodeAllocatableResources DRAResourceClaimGranularStatusAuthorization DRAResourcePoolStatus DRAWorkloadResourceClaims DeclarativeValidationBeta ExtendWebSocketsToKubelet ImageVolumeWithDigest InPlacePodVerticalScalingInitContainers ManifestBasedAdmissionControlConfig NativeHistograms PLEGOnDemandRelist PersistentVolumeClaimUnusedSinceTime PodLevelResourceManagers PodsAPI ReloadKubeletClientCAFile ResourceHealthStatusMessage ServiceCIDRStatusFieldWiping ShardedListAndWatch StaleControllerConsistencyDaemonSet StaleControllerConsistencyJob StaleControllerConsistencyReplicaSet StaleControllerConsistencyStatefulSet TopologyAwareWorkloadScheduling UnlockWhileProcessingFIFO WorkloadWithJob",
  ],
  [
    { since: "1.37" },
    "APIServerWebhookAuthenticationToken AtomicWriteVolumeUserFields CompositePodGroup ConsistentListFromCacheSkipTimeoutFallback DRADerivedAttributes DRADeviceCompatibilityGroups DRAFractionalCapacityRange DRAOptionalNodeOperations DRAPartitionableDevicesType DefaultPodSysctls EmptyDirVolumeMode EtcdRangeStream EvictionRequestAPI ExcludeAdmissionWebhookVirtualResources GRPCContainerProbeTLS H2CContainerProbe HPAGeneration HPAOptimizedSelectorStore HugepageAwareEviction InPlacePodVerticalScalingMemoryBackedVolumes InPlacePodVerticalScalingSchedulerPreemption InterPodAffinityHostnameFastPath KubeProxyIPVS KubeProxyNFTablesLocalhostNodePorts KubeletAllocatedPodsEndpoint NFTablesNetlink NodeControllerLeaseCircuitBreaker NodeLifecycleConditions PodGroupPreemptionPolicy PodLevelResourcesFixDefaulting PodLevelResourcesFixKubeletQOSClass SchedulerPreQueueingHints StaleControllerConsistencyHPA StatefulSetRecreateStrategy VolumeBindMountOptions WatchListCompression WebhookRoundTripLoadBalancing",
  ],
];

/** The names of all feature gates of a minor; undefined where they are not known. */
export function knownGates(minor: string): readonly string[] | undefined {
  if (!inRange(minor, { since: firstKnown })) return undefined;
  return names.filter(([range]) => inRange(minor, range)).flatMap(([, list]) => list.split(" "));
}
