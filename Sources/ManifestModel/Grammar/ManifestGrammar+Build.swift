extension ManifestGrammar {
    static let builds = Shape.entries(
        Shape.fields([
            Field("context", .expandedText, "The folder to build in; '.' without it."),
            Field("dockerfile", .expandedText, "The Dockerfile, relative to the context."),
            Field("target", .text, "The stage of the Dockerfile to build."),
            Field("image", .text, "What to call the image."),
            Field("args", arguments, "The build's arguments."),
            Field("secrets", .entries(secret), "The build's secrets: names, and the files that hold them."),
            Field("cache_from", textOrTexts, "Images to take layers from.", isParserOnly: true),
            Field("export_cache", textOrTexts, "Where to put the cache.", isParserOnly: true),
            Field("depends_on", Shape.list(of: .text).or(.text.parserOnly), "The images to build before."),
        ])
        .or(.expandedText.parserOnly)
        .called(.named("the image"))
        .filled("of 'build' is empty", help: "write at least 'context: .' under it")
    )

    private static let arguments = Shape.entries(.expandedText).or(Shape.list(of: .expandedText).parserOnly)

    private static let secret = Shape.expandedText
        .or(
            Shape.fields(
                [
                    Field("file", .expandedText, "The file that holds it."),
                    Field("env", .text, "The environment variable that holds it."),
                ],
                choice: FieldChoice(["file", "env"], isRequired: true)
            )
            .parserOnly
        )
        .called(.named("the secret"))
}
