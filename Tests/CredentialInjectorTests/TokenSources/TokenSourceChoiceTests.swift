import FoundationEssentials
import KubernetesClient
import ProcessEnvironment
import Testing

@testable import CredentialInjector

@Suite struct TokenSourceChoiceTests {
    private let nowhere = TokenSurroundings(podFolder: "/nonexistent/pod", productNameFile: "/nonexistent/name")
    private let actions: EnvironmentVariables = [
        "GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://x", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "t",
    ]

    private func chosen(
        _ environment: EnvironmentVariables,
        _ change: (inout CredentialOptions) -> Void = { _ in },
        in surroundings: TokenSurroundings? = nil
    ) throws -> Setting<TokenSourceDescription>? {
        var options = CredentialOptions(roleARN: Samples.role, region: "us-east-2")
        change(&options)
        return try CredentialSettings.resolve(
            options: options,
            environment: environment,
            phase: "deploy",
            surroundings: surroundings ?? nowhere
        )?.tokenSource
    }

    private func error(
        _ environment: EnvironmentVariables,
        _ change: (inout CredentialOptions) -> Void = { _ in }
    ) -> CredentialError? {
        #expect(throws: CredentialError.self) { try chosen(environment, change) }
    }

    @Test(
        arguments: [
            (["ACTIONS_ID_TOKEN_REQUEST_URL": "https://x", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "t"], .actions),
            (["BUILDKITE": "true"], .buildkite), (["BUILDKITE_JOB_ID": "1"], .buildkite),
            (["CIRCLE_OIDC_TOKEN_V2": "t"], .circleCI), (["CIRCLE_OIDC_TOKEN": "t"], .circleCI),
            (["CIRCLECI": "true"], .circleCI), (["BITBUCKET_STEP_OIDC_TOKEN": "t"], .bitbucket),
            (["GITLAB_CI": "true"], .gitLab), (["GCE_METADATA_HOST": "metadata"], .google),
        ] as [([String: String], TokenSourceDescription)]
    )
    func `a source is found by what its system sets`(
        variables: [String: String],
        source: TokenSourceDescription
    ) throws {
        let found = try chosen(EnvironmentVariables(variables))
        #expect(found?.value == source)
        #expect(found?.origin.description.hasPrefix("found: ") == true)
    }

    @Test func `the machine's own sources are found by files`() async throws {
        try await withScratchFolder { folder in
            try Data("Google Compute Engine\n".utf8).write(to: URL(filePath: folder + "/name"))
            var surroundings = TokenSurroundings(podFolder: folder, productNameFile: folder + "/name")
            #expect(try chosen([:], in: surroundings)?.value == .google)
            try Data("a.b.c".utf8).write(to: URL(filePath: folder + "/token"))
            let pod: EnvironmentVariables = ["KUBERNETES_SERVICE_HOST": "10.0.0.1"]
            #expect(try chosen([:], in: surroundings)?.value == .google)
            #expect(try chosen(pod, in: surroundings)?.value == .kubernetes(KubernetesPlace()))
            // What belongs to the job comes before what belongs to the machine.
            #expect(try chosen(pod.merging(actions), in: surroundings)?.value == .actions)
            try Data("HP".utf8).write(to: URL(filePath: folder + "/name"))
            surroundings.podFolder = "/nonexistent"
            #expect(throws: CredentialError.self) { try chosen(pod, in: surroundings) }
        }
    }

    @Test func `what is named wins over what is found, by level`() throws {
        let environment = actions.merging(["OKTETO_RUN_TOKEN_ENV": "T", "AWS_WEB_IDENTITY_TOKEN_FILE": "/aws"])
        #expect(try chosen(environment)?.value == .environment(name: "T"))
        #expect(try chosen(environment) { $0.tokenSource = "gcp" }?.value == .google)
        #expect(try chosen(environment) { $0.tokenSource = "auto" }?.value == .file(path: "/aws"))
        #expect(try chosen(actions) { $0.tokenSource = "auto" }?.value == .actions)
        let file = actions.merging(["OKTETO_RUN_TOKEN_SOURCE": "auto", "AWS_WEB_IDENTITY_TOKEN_FILE": "/aws"])
        #expect(try chosen(file)?.value == .file(path: "/aws"))
        #expect(try chosen(actions) { $0.tokenSource = "forgejo" }?.origin == .option("--token-source"))
    }

    @Test func `a service account, a kubeconfig or a context names the cluster`() throws {
        let account = ServiceAccountName("okteto/okteto")
        #expect(
            try chosen(actions) { $0.serviceAccount = "okteto/okteto" }?.value
                == .kubernetes(KubernetesPlace(account: account))
        )
        let variables: EnvironmentVariables = [
            "OKTETO_RUN_SERVICE_ACCOUNT": "okteto/okteto", "OKTETO_RUN_KUBE_CONTEXT": "lost",
            "OKTETO_RUN_KUBECONFIG": "/k",
        ]
        let place = KubernetesPlace(context: "mine", kubeconfig: "/k", account: account)
        let found = try chosen(variables.merging(["AWS_WEB_IDENTITY_TOKEN_FILE": "/aws"])) { $0.kubeContext = "mine" }
        #expect(found == Setting(.kubernetes(place), from: .option("--kube-context")))
        #expect(
            try chosen(variables) {
                $0.tokenSource = "kubernetes"
                $0.kubeContext = "mine"
            }?.value == .kubernetes(place)
        )
        #expect(
            try chosen(variables) {
                $0.tokenSource = "auto"
                $0.kubeContext = "mine"
            }?.value == .kubernetes(place)
        )
        #expect(found?.value.description == "Kubernetes token request for service account okteto/okteto")
    }

    @Test func `two sources at one level are an error`() {
        let both = error([:]) {
            $0.tokenFile = "/t"
            $0.serviceAccount = "a/b"
        }
        #expect(both?.message == "more than one token source: option --token-file, option --service-account")
        let names = error([:]) {
            $0.tokenSource = "gcp"
            $0.kubeContext = "x"
        }
        #expect(names?.message.contains("more than one") == true)
        let variables = error(["OKTETO_RUN_TOKEN_FILE": "/t", "OKTETO_RUN_TOKEN_SOURCE": "gcp"])
        #expect(variables?.message.contains("variable OKTETO_RUN_TOKEN_SOURCE") == true)
    }

    @Test func `a name that is none, and an account that is none, are errors`() {
        let name = error([:]) { $0.tokenSource = "jenkins" }
        #expect(name?.nextStep?.contains("auto, github, forgejo, buildkite") == true)
        #expect(error([:]) { $0.serviceAccount = "../secrets" }?.nextStep?.contains("NAMESPACE/NAME") == true)
    }

    @Test(arguments: ["github", "forgejo", "buildkite", "circleci", "bitbucket", "gitlab"])
    func `a source that is named must be there`(name: String) {
        let error = error([:]) { $0.tokenSource = name }
        #expect(error?.message.contains("the token source '\(name)' (option --token-source) is not there") == true)
    }

    @Test(arguments: [
        (["GITHUB_ACTIONS": "true"], "id-token: write"), (["FORGEJO_ACTIONS": "true"], "enable-openid-connect"),
        (["BITBUCKET_BUILD_NUMBER": "1"], "oidc: true"),
    ])
    func `a job that has no token is an error, and no other source stands in`(
        variables: [String: String],
        step: String
    ) {
        var environment = EnvironmentVariables(variables)
        environment["GCE_METADATA_HOST"] = "metadata"
        #expect(error(environment)?.nextStep?.contains(step) == true)
        let name = variables.keys.first?.hasPrefix("BIT") == true ? "bitbucket" : "forgejo"
        #expect(error(EnvironmentVariables(variables)) { $0.tokenSource = name } != nil)
    }

    @Test func `a kubeconfig that is there is mentioned where no service account is named`() async throws {
        try await withScratchFolder { folder in
            try Data("{}".utf8).write(to: URL(filePath: folder + "/config"))
            let details = error(["KUBECONFIG": folder + "/config"])?.details ?? []
            #expect(details.contains { $0.contains("naming a service account is enough") })
            #expect(error([:])?.details.contains { $0.contains("is enough") } == false)
        }
    }

    @Test func `when none is there, all that was looked for is said`() {
        let error = error([:])
        #expect(error?.kind == .settings)
        #expect(error?.details.count == 1 + TokenSourceName.allCases.count)
        for name in TokenSourceName.allCases {
            #expect(error?.details.contains { $0.hasPrefix("\(name.rawValue): ") } == true)
        }
        for text in ["--token-source", "OKTETO_RUN_TOKEN_COMMAND", "--service-account"] {
            #expect(error?.nextStep?.contains(text) == true)
        }
    }
}
