/// The language of manifests.
///
/// It is what Okteto's run-time parser takes; what Okteto's own JSON Schema, which `okteto validate` uses, does not take
/// is marked as the parser's only. See <https://www.okteto.com/docs/reference/okteto-manifest/>.
package enum ManifestGrammar {
    /// The whole manifest.
    package static let manifest = Shape.fields([
        Field("name", .text, "The development environment's name. Variables in it are not expanded."),
        Field("icon", .text, "The icon of the environment in Okteto's UI. Not used by okteto-run."),
        Field("build", builds, "The images to build. Checked, not executed by okteto-run."),
        Field("dependencies", dependencies, "The repositories to deploy with this one. Checked, not executed."),
        Field("deploy", deploy, "The commands of 'okteto-run deploy'."),
        Field("destroy", destroy, "The commands of 'okteto-run destroy'."),
        Field("test", tests, "The tests of 'okteto-run test', by name."),
        Field("external", externals, "Resources outside of the cluster. Checked, not executed."),
        Field("dev", devs, "The development containers of 'okteto up'. Checked, not executed."),
        Field("forward", forwards, "The ports that 'okteto up' forwards. Checked, not executed."),
    ])
    .advised("begin with a section, such as 'deploy:'")

    private static let forwards = Shape.list(
        of: Shape.format(.globalForward, okteto: .strictGlobalForward)
            .or(
                .fields(
                    forwardFields,
                    choice: FieldChoice(
                        ["name", "labels"],
                        isRequired: false,
                        notice: "names no service: 'okteto up' asks for 'name' or 'labels'"
                    )
                )
            )
    )

    /// The keys of a forwarded port.
    static let forwardFields = [
        Field("localPort", .integer, "The port on this machine.", need: .schema),
        Field("remotePort", .integer, "The port in the cluster.", need: .schema),
        Field("name", .text, "The service's name."),
        Field("labels", .texts, "The labels that select the service."),
    ]

    /// A text, or a list of texts.
    static let textOrTexts = Shape.text.or(.list(of: .text))

    private static let externals = Shape.entries(
        .fields([
            Field(
                "icon",
                .text(okteto: icons),
                "The icon in Okteto's UI."
            ),
            Field("notes", .text, "The path of a file with notes."),
            Field(
                "endpoints",
                .list(
                    of: .fields([
                        Field("name", .expandedText, "The endpoint's name.", need: .schema),
                        Field("url", .expandedText, "Its address; a deploy command may set it instead."),
                    ])
                    .called(.item("an endpoint")),
                    isFilled: true
                ),
                "The resource's addresses.",
                need: .always(noEndpoint, help: addEndpoint)
            ),
        ])
        .called(.named("the external resource"))
        .filled(noEndpoint, help: addEndpoint)
    )

    private static let noEndpoint = "needs at least one endpoint"
    private static let addEndpoint = "write 'endpoints:' and a list of entries with 'name' and 'url' under it"
    private static let icons = [
        "default", "container", "dashboard", "database", "function", "graph", "storage", "launchdarkly", "mongodb",
        "gcp",
        "aws", "okteto",
    ]

    private static let dependencies = Shape.list(of: .text)
        .or(
            .entries(
                .fields([
                    Field("repository", .text, "The address of the Git repository.", need: .schema),
                    Field("manifest", .text, "The path of the manifest in it."),
                    Field("branch", .text, "The branch."),
                    Field("namespace", .text, "The namespace.", isParserOnly: true),
                    Field("variables", variables, "Variables for its deployment."),
                    Field("wait", .boolean, "Whether to wait until it is deployed."),
                    Field("timeout", .format(.duration, okteto: .strictDuration), "How long to wait."),
                ])
                .or(.text.parserOnly)
                .called(.named("the dependency"))
            )
        )

    /// Variables: a mapping, or a list of `NAME=VALUE`.
    private static let variables = Shape.texts.or(Shape.list(of: .text).parserOnly)
}
