import CredentialInjector
import ManifestModel
import Testing
import YAMLSource

@testable import ManifestRunner

/// The schema that `okteto-run schema` prints takes exactly what checking finds no error in.
@Suite(.enabled("needs python3-jsonschema: Lab/install schema") { await SchemaValidator.isInstalled() })
struct SchemaAgreementTests {
    /// What a schema has no words for.
    private static let beyond: Set<Diagnostic.Rule> = [.yaml, .duplicateKey, .circle, .unknownName, .duplicateName]

    private func expectAgreement(on texts: [String]) async throws {
        let verdicts = try await SchemaValidator.verdicts(on: texts)
        #expect(verdicts.count == texts.count)
        for (text, verdict) in zip(texts, verdicts) {
            guard let verdict else { continue }
            let errors = load(text).diagnostics.filter { $0.severity == .error }
            // An empty text is no document for a schema.
            guard !text.allSatisfy(\.isWhitespace) else { continue }
            if verdict {
                let missed = errors.filter { !Self.beyond.contains($0.rule) }
                #expect(missed.isEmpty, "the schema takes \(text): \(missed.map(\.message))")
            } else {
                #expect(!errors.isEmpty, "the schema refuses \(text)")
            }
        }
    }

    @Test func `on Okteto's own cases`() async throws {
        try await expectAgreement(on: OktetoCase.all.map { try $0.text })
    }

    @Test func `on published manifests`() async throws {
        let texts = try PublishedManifest.all.filter { !$0.isIgnoreFile }.map { published in
            String(decoding: try PublishedManifest.source(published.file).bytes, as: UTF8.self)
        }
        try await expectAgreement(on: texts)
    }

    @Test func `on mistakes, on what only Okteto's schema refuses, and on what is right`() async throws {
        let texts = GrammarTests.mistakes.map(\.yaml) + GrammarTests.refusals.map(\.yaml) + GrammarTests.accepted
        try await expectAgreement(on: texts)
    }

    @Test func `on manifests that were changed at random`() async throws {
        var mutation = ManifestMutation(seed: 5)
        let published = try PublishedManifest.all.filter { $0.isSchemaValid == true }
        let small = try (GrammarTests.accepted + GrammarTests.refusals.map(\.yaml)).map { yaml in
            try #require(YAMLDocument.read(SourceText(path: "x", text: yaml)).root)
        }
        var texts: [String] = []
        for _ in 0..<20 { texts += small.map { mutation.text(of: $0) } }
        for file in published {
            let root = try #require(YAMLDocument.read(try PublishedManifest.source(file.file)).root)
            for _ in 0..<4 { texts.append(mutation.text(of: root)) }
        }
        try await expectAgreement(on: texts)
    }

    @Test func `every key of the grammar is in the schema, with what it is for`() throws {
        guard case .fields(let shape)? = ManifestGrammar.manifest.mapping?.content else {
            Issue.record("the manifest is no mapping")
            return
        }
        let properties = try #require(ManifestSchema.document["properties"])
        for field in shape.fields {
            let property = try #require(properties[field.name])
            #expect(property["description"]?.string == field.summary)
        }
    }
}
