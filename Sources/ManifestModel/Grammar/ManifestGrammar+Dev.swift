extension ManifestGrammar {
    static let devs = Shape.entries(dev).or(Shape.list(of: .text).parserOnly)

    private static let dev = Shape.fields(container + cluster + legacy).called(.named("the dev container"))

    private static let container = [
        Field("image", .expandedText, "The image; without it, the deployment's own."),
        Field("command", textOrTexts, "The command; sh without it."),
        Field("sync", sync, "The folders that are kept the same here and there."),
        Field("workdir", .text, "The working directory."),
        Field("environment", environment, "Variables of the container."),
        Field("envFiles", .list(of: .expandedText), "Files with variables of the container."),
        Field("forward", .list(of: forward), "The ports to forward from here."),
        Field("reverse", .list(of: .format(.reverse, okteto: .strictReverse)), "The ports to forward to here."),
        Field("remote", .integer, "The local port of SSH."),
        Field("interface", .text, "The address that forwarded ports listen on."),
        Field("mode", .words(["sync", "hybrid"]), "sync, or hybrid."),
        Field("secrets", .list(of: .expandedText), "Files to put into the container: 'here:there:mode'."),
        Field("volumes", .list(of: .text), "Folders that are kept from run to run."),
        Field("externalVolumes", .list(of: .text), "Volume claims to mount: 'name:path' or 'name:subpath:path'."),
        Field("timeout", timeout, "How long to wait for the container."),
        Field("services", .list(of: service), "Further deployments that get the same folders."),
    ]

    private static let cluster = [
        Field("autocreate", .boolean, "Whether to create a deployment where there is none."),
        Field("selector", .entries(.expandedText), "The labels that select the deployment."),
        Field("container", .text, "The container of the deployment."),
        Field("imagePullPolicy", .text, "When the image is pulled."),
        Field("metadata", metadata, "Labels and annotations of the container."),
        Field("affinity", .anyMapping, "Kubernetes' affinity."),
        Field("tolerations", .list(of: .anyMapping), "Kubernetes' tolerations."),
        Field("nodeSelector", .texts, "The labels of the nodes."),
        Field("priorityClassName", .text, "Kubernetes' priority class."),
        Field("serviceAccount", .text, "The service account."),
        Field("securityContext", securityContext, "Users, groups and capabilities."),
        Field("resources", resources, "Requests and limits."),
        Field("initContainer", initContainer, "The container that prepares this one."),
        Field("persistentVolume", persistentVolume, "The volume that keeps data."),
        Field("probes", probes, "Which probes are kept."),
        Field("lifecycle", lifecycle, "What runs when the container starts and stops."),
    ]

    /// Keys that only Okteto's parser knows.
    private static let legacy = [
        Field("name", .expandedText, "The deployment's name.", isParserOnly: true),
        Field("labels", .entries(.expandedText), "Deprecated: use 'selector'.", isParserOnly: true),
        Field("annotations", .entries(.expandedText), "Deprecated: use 'metadata'.", isParserOnly: true),
        Field("args", textOrTexts, "The arguments of the command.", isParserOnly: true),
        Field("replicas", .integer, "How many there are.", isParserOnly: true),
        Field("sshServerPort", .integer, "The container's port of SSH.", isParserOnly: true),
        Field("initFromImage", .boolean, "Whether volumes begin with what the image has.", isParserOnly: true),
    ]

    private static let environment = Shape.entries(Shape.expandedText.anyScalar).or(.list(of: .expandedText))

    private static let forward = Shape.format(.forward, okteto: .strictForward)
        .or(.fields(forwardFields, choice: FieldChoice(["name", "labels"], isRequired: false)))

    private static let folder = Shape.format(.syncFolder, isExpanded: true)

    private static let sync = Shape.list(of: folder)
        .or(
            .fields([
                Field("folders", .list(of: folder), "The folders, as 'here:there'.", need: .schema),
                Field("verbose", .boolean, "Whether to log what is done."),
                Field("compression", .boolean, "Whether to compress what is sent."),
                Field("rescanInterval", .integer, "Seconds between two looks at all files."),
            ])
        )

    private static let duration = Shape.format(.duration, okteto: .strictDuration)

    private static let timeout = duration.or(
        .fields([
            Field("default", duration, "How long to wait for anything."),
            Field("resources", duration, "How long to wait for resources."),
        ])
    )

    private static let metadata = Shape.fields([
        Field("annotations", .entries(.expandedText), "Its annotations."),
        Field("labels", .entries(.expandedText), "Its labels."),
    ])

    private static let securityContext = Shape.fields([
        Field("runAsUser", .integer, "The user's number."),
        Field("runAsGroup", .integer, "The group's number."),
        Field("fsGroup", .integer, "The number of the volumes' group."),
        Field("runAsNonRoot", .boolean, "Whether the user must not be root."),
        Field("allowPrivilegeEscalation", .boolean, "Whether processes may gain privileges."),
        Field("readOnlyRootFilesystem", .boolean, "Whether the root file system is read-only."),
        Field(
            "capabilities",
            .fields([
                Field("add", .list(of: .text), "The capabilities to add."),
                Field("drop", .list(of: .text), "The capabilities to drop.", isParserOnly: true),
            ]),
            "Linux capabilities."
        ),
    ])

    private static let resources = Shape.fields([
        Field("requests", resourceList, "What is asked for."),
        Field("limits", resourceList, "What is allowed at most."),
    ])

    private static let resourceList = Shape.fields(
        [
            Field("cpu", .text, "Processors, as in 250m."),
            Field("memory", .text, "Memory, as in 64Mi."),
            Field("ephemeral-storage", .text, "Disk, as in 1Gi."),
        ],
        others: .text
    )

    private static let initContainer = Shape.fields([
        Field("image", .text, "Its image."),
        Field("resources", .anyMapping, "Its requests and limits."),
    ])

    private static let persistentVolume = Shape.fields([
        Field("enabled", .boolean, "Whether there is one."),
        Field("accessMode", .text, "Its access mode."),
        Field("size", .text, "Its size, as in 5Gi."),
        Field("storageClass", .text, "Its storage class."),
        Field("volumeMode", .text, "Its mode."),
        Field("annotations", .texts, "Its annotations."),
        Field("labels", .texts, "Its labels."),
    ])

    private static let probes = Shape.boolean.or(
        .fields([
            Field("liveness", .boolean, "Whether the liveness probe is kept."),
            Field("readiness", .boolean, "Whether the readiness probe is kept."),
            Field("startup", .boolean, "Whether the startup probe is kept."),
        ])
    )

    private static let hook = Shape.fields([
        Field("enabled", .boolean, "Whether it is kept."),
        Field("command", .text, "What to run in its place."),
    ])
    .or(.boolean.parserOnly)

    private static let lifecycle = Shape.boolean.or(
        .fields([
            Field("postStart", hook, "What runs once the container has started."),
            Field("preStop", hook, "What runs before the container stops."),
        ])
    )

    private static let service = Shape.fields([
        Field("name", .expandedText, "The deployment's name."),
        Field("annotations", .anyMapping, "Annotations."),
        Field("labels", .anyMapping, "The labels that select the deployment."),
        Field("command", Shape.list(of: .text).or(.text.parserOnly), "The command."),
        Field("container", .text, "The container of the deployment."),
        Field("environment", Shape.entries(.expandedText).or(Shape.list(of: .expandedText).parserOnly), "Variables."),
        Field("image", .expandedText, "The image."),
        Field("resources", .anyMapping, "Requests and limits."),
        Field("sync", .list(of: folder), "The folders that are kept the same."),
        Field("workdir", .text, "The working directory."),
        Field("replicas", .integer, "How many there are."),
    ])
    .called(.item("a service"))
}
