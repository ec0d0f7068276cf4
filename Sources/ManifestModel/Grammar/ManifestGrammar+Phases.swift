extension ManifestGrammar {
    static let deploy = phase(
        "deploy",
        [
            Field(
                "compose",
                Shape.text.or(composeFields).or(.list(of: composeFields.or(.text.parserOnly))),
                "Compose files to deploy. Checked, not executed."
            ),
            Field("endpoints", endpoints, "Ingresses of the environment. Checked, not executed."),
            Field("divert", divert, "Traffic to divert from another namespace. Checked, not executed."),
        ]
    )

    static let destroy = phase("destroy", [])

    static let tests = Shape.entries(test, name: "a mapping from names to tests")
        .advised("write the name of a test under it, such as 'unit:', and 'commands:' under that")

    private static func phase(_ name: String, _ more: [Field]) -> Shape {
        Shape.list(of: command, name: "a list of commands")
            .or(
                .fields(
                    [
                        Field("commands", .list(of: command), "The commands, each a process of its own."),
                        Field("image", .expandedText, "The image to run them in; without it, the local shell."),
                        Field("remote", .boolean, "Whether to run them in a container, whatever the image."),
                        Field("context", .text, "The folder to run them in, relative to the manifest."),
                    ] + more
                )
            )
    }

    private static let command = Shape.text
        .or(
            .fields(
                [
                    Field("name", .text, "What to call the command."),
                    Field("command", .text, "The command; variables in it are the shell's.", need: .schema),
                ],
                mayBeText: true
            )
        )
        .called(.item("a command"))
        .advised("put a command that begins with '[' in quotes")

    private static let noCommands = "has no commands"
    private static let addCommands = "write 'commands:' and a list under it"

    private static let test = Shape.fields([
        Field("image", .expandedText, "The image to run the test in."),
        Field("context", .text, "The folder that the test gets a copy of, relative to the manifest."),
        Field(
            "commands",
            .list(of: command, isFilled: true),
            "The commands, each a process of its own.",
            need: .always(noCommands, help: addCommands)
        ),
        Field("depends_on", .list(of: .text), "The tests that must have passed before."),
        Field("caches", .list(of: .text), "The folders that are kept from run to run."),
        Field("artifacts", .list(of: artifact), "The files and folders that come back."),
        Field("hosts", .list(of: host), "Further host names in the test's container."),
        Field("skipIfNoFileChanges", .boolean, "Whether an unchanged test that passed is not run again."),
    ])
    .called(.named("the test"))
    .filled(noCommands, help: addCommands)
    .advised(addCommands)

    private static let artifact = Shape.text
        .or(
            Shape.fields([
                Field("path", .text, "The file or folder, relative to the test's folder.", need: .schema),
                Field("destination", .text, "Where it goes, relative to the context."),
            ])
            .parserOnly
        )
        .called(.item("an artifact"))

    private static let host = Shape.format(.host, okteto: .strictHost, isExpanded: true)
        .or(
            .fields([
                Field(
                    "hostname",
                    .expandedText,
                    "The name.",
                    need: .always("has no 'hostname'", help: "write 'hostname' and 'ip'")
                ),
                Field(
                    "ip",
                    .expandedText,
                    "Its address.",
                    need: .always("has no 'ip'", help: "write 'hostname' and 'ip'")
                ),
            ])
        )
        .called(.item("a host"))

    private static let composeFields = Shape.fields([
        Field("file", .text, "The path of the Compose file.", need: .schema),
        Field("services", Shape.list(of: .text).or(.text.parserOnly), "The services to deploy; all without it."),
    ])

    private static let endpoints = Shape.list(
        of: .fields([
            Field("path", .text, "The path.", need: .schema),
            Field("service", .text, "The service.", need: .schema),
            Field("port", .integer, "The port.", need: .schema),
        ])
        .called(.item("an endpoint"))
    )
    .or(Shape(mapping: MappingShape(.anything, isParserOnly: true)))

    private static let divert = Shape.fields(
        [
            Field("driver", .words(["nginx", "istio"], okteto: ["istio"]), "What diverts: istio, or nginx."),
            Field("namespace", .expandedText, "The namespace to divert from."),
            Field("service", .text, "Deprecated.", isParserOnly: true),
            Field("deployment", .text, "Deprecated.", isParserOnly: true),
            Field("port", .integer, "Deprecated.", isParserOnly: true),
            Field("virtualServices", .list(of: virtualService), "The virtual services to divert."),
            Field("hosts", .list(of: divertHost), "The hosts to divert in the developer's namespace."),
        ],
        conditions: [
            FieldCondition(
                "driver",
                is: "nginx",
                isDefault: true,
                requires: ["namespace"],
                forbids: ["virtualServices", "hosts"]
            ),
            FieldCondition(
                "driver",
                is: "istio",
                isDefault: false,
                requires: ["virtualServices"],
                forbids: ["service", "namespace"]
            ),
        ]
    )

    private static let virtualService = Shape.fields([
        Field("name", .expandedText, "Its name.", need: .always("has no 'name'", help: "write its 'name'")),
        Field(
            "namespace",
            .expandedText,
            "Its namespace.",
            need: .always("has no 'namespace'", help: "write its 'namespace'")
        ),
        Field("routes", .list(of: .text), "The routes to divert; all without it."),
    ])
    .called(.item("a virtual service"))

    private static let divertHost = Shape.fields([
        Field(
            "virtualService",
            .expandedText,
            "The virtual service.",
            need: .always("has no 'virtualService'", help: "write its 'virtualService'")
        ),
        Field(
            "namespace",
            .expandedText,
            "Its namespace.",
            need: .always("has no 'namespace'", help: "write its 'namespace'")
        ),
    ])
    .called(.item("a host"))
}
