import ManifestModel
import Testing
import YAMLSource

@Suite struct GrammarTests {
    static let mistakes: [(yaml: String, message: String?)] = [
        // build
        ("build: [a]", "'build' must be a mapping, not a list"),
        ("build: {a: [x]}", "the image 'a' must be a text or a mapping, not a list"),
        ("build: {a: {file: x}}", "'file' is not a key of the image 'a'"),
        ("build: {a: {args: x}}", "'args' of the image 'a' must be a list or a mapping, not a text"),
        ("build: {a: {args: {b: [c]}}}", "'args.b' of the image 'a' must be a text, not a list"),
        ("build: {a: {secrets: x}}", "'secrets' of the image 'a' must be a mapping, not a text"),
        ("build: {a: {secrets: {s: {file: a, env: b}}}}", "the secret 's' cannot have both 'file' and 'env'"),
        ("build: {a: {secrets: {s: {}}}}", "the secret 's' needs 'file' or 'env'"),
        ("build: {a: {secrets: {s: {path: x}}}}", "'path' is not a key of the secret 's'"),
        ("build: {a: {depends_on: [a]}}", "the image 'a' depends on itself"),
        (
            "build: {a: {depends_on: [b]}, b: {depends_on: [a]}}",
            "images depend on each other in a circle: 'a' → 'b' → 'a'"
        ),
        (
            "build: {a: {context: '${X'}}",
            "the variables of 'context' of the image 'a' cannot be expanded: '${' is not closed"
        ),
        // dependencies
        ("dependencies: x", "'dependencies' must be a list or a mapping, not a text"),
        ("dependencies: [{a: b}]", "'dependencies[0]' must be a text, not a mapping"),
        ("dependencies: {a: [b]}", "the dependency 'a' must be a text or a mapping, not a list"),
        ("dependencies: {a: {repository: b, url: c}}", "'url' is not a key of the dependency 'a'"),
        (
            "dependencies: {a: {repository: b, wait: 'yes'}}", "'wait' of the dependency 'a' must be true or false"
        ),
        (
            "dependencies: {a: {repository: b, timeout: 5 minutes}}",
            "'timeout' of the dependency 'a' is '5 minutes', which is not of the form that it must have"
        ),
        (
            "dependencies: {a: {repository: b, variables: x}}",
            "'variables' of the dependency 'a' must be a list or a mapping, not a text"
        ),
        // deploy
        ("deploy: {endpoints: x}", "'deploy.endpoints' must be a list or a mapping, not a text"),
        ("deploy: {endpoints: [{path: /, service: s, port: '80'}]}", "'port' of an endpoint must be a whole number"),
        ("deploy: {endpoints: [{path: /, service: s, port: 80, host: h}]}", "'host' is not a key of an endpoint"),
        ("deploy: {compose: {files: x, file: y}}", "'files' is not a key of 'deploy.compose'"),
        (
            "deploy: {compose: {file: x, services: {a: b}}}",
            "'deploy.compose.services' must be a text or a list, not a mapping"
        ),
        ("deploy: {remote: maybe}", "'deploy.remote' must be true or false"),
        ("deploy: {context: [x]}", "'deploy.context' must be a text, not a list"),
        ("deploy: {image: 'a:${TAG'}", "the variables of 'deploy.image' cannot be expanded: '${' is not closed"),
        // divert
        ("deploy: {divert: x}", "'deploy.divert' must be a mapping, not a text"),
        ("deploy: {divert: {}}", "'deploy.divert' needs 'namespace' with the driver nginx"),
        (
            "deploy: {divert: {namespace: ns, virtualServices: [{name: a, namespace: b}]}}",
            "'virtualServices' of 'deploy.divert' is not supported with the driver nginx"
        ),
        (
            "deploy: {divert: {namespace: ns, hosts: [{virtualService: a, namespace: b}]}}",
            "'hosts' of 'deploy.divert' is not supported with the driver nginx"
        ),
        ("deploy: {divert: {driver: istio}}", "'deploy.divert' needs 'virtualServices' with the driver istio"),
        (
            "deploy: {divert: {driver: istio, namespace: ns, virtualServices: [{name: a, namespace: b}]}}",
            "'namespace' of 'deploy.divert' is not supported with the driver istio"
        ),
        (
            "deploy: {divert: {driver: istio, virtualServices: [{namespace: b}]}}",
            "a virtual service has no 'name'"
        ),
        ("deploy: {divert: {driver: istio, virtualServices: [{name: a}]}}", "a virtual service has no 'namespace'"),
        (
            "deploy: {divert: {driver: istio, virtualServices: [{name: a, namespace: b}], hosts: [{namespace: c}]}}",
            "a host has no 'virtualService'"
        ),
        (
            "deploy: {divert: {driver: linkerd, namespace: ns}}",
            "'deploy.divert.driver' must be 'nginx' or 'istio', not 'linkerd'"
        ),
        // test
        ("test: {a: {commands: [x], timeout: 5m}}", "'timeout' is not a key of the test 'a'"),
        ("test: {a: {commands: [x], caches: /c}}", "'caches' of the test 'a' must be a list, not a text"),
        (
            "test: {a: {commands: [x], artifacts: {path: a}}}",
            "'artifacts' of the test 'a' must be a list, not a mapping"
        ),
        ("test: {a: {commands: [x], hosts: [{hostname: h}]}}", "a host has no 'ip'"),
        ("test: {a: {commands: [x], hosts: [{ip: 1.2.3.4}]}}", "a host has no 'hostname'"),
        ("test: {a: [x]}", "the test 'a' must be a mapping, not a list"),
        ("test: {a: {comands: [x]}}", "'comands' is not a key of the test 'a'"),
        ("test: {a: {commands: [x, name: y z]}}", nil),
        // external
        ("external: [a]", "'external' must be a mapping, not a list"),
        ("external: {a: {}}", "the external resource 'a' needs at least one endpoint"),
        ("external: {a: }", "the external resource 'a' needs at least one endpoint"),
        ("external: {a: {endpoints: []}}", "the external resource 'a' needs at least one endpoint"),
        (
            "external: {a: {endpoints: {name: b}}}",
            "'endpoints' of the external resource 'a' must be a list, not a mapping"
        ),
        (
            "external: {a: {endpoints: [{name: b}, {name: b}]}}",
            "the external resource 'a' has two endpoints named 'b'"
        ),
        ("external: {a: {endpoints: [{name: b, uri: c}]}}", "'uri' is not a key of an endpoint"),
        // forward
        ("forward: x", "'forward' must be a list, not a text"),
        ("forward: ['5432:postgres']", "'forward[0]' is '5432:postgres', which is not of the form that it must have"),
        ("forward: ['1:a:b:2']", "'forward[0]' is '1:a:b:2', which is not of the form that it must have"),
        (
            "forward: [{localPort: 1, remotePort: 2, name: a, labels: {b: c}}]",
            "'forward[0]' cannot have both 'name' and 'labels'"
        ),
        ("forward: [{localPort: '1', remotePort: 2, name: a}]", "'forward[0].localPort' must be a whole number"),
        // dev
        ("dev: x", "'dev' must be a list or a mapping, not a text"),
        ("dev: {a: [x]}", "the dev container 'a' must be a mapping, not a list"),
        ("dev: {image: x}", "the dev container 'image' must be a mapping, not a text"),
        ("dev: {a: {comand: x}}", "'comand' is not a key of the dev container 'a'"),
        ("dev: {a: {mode: other}}", "'mode' of the dev container 'a' must be 'sync' or 'hybrid', not 'other'"),
        ("dev: {a: {sync: x}}", "'sync' of the dev container 'a' must be a list or a mapping, not a text"),
        (
            "dev: {a: {sync: [x]}}",
            "'sync[0]' of the dev container 'a' is 'x', which is not of the form that it must have"
        ),
        (
            "dev: {a: {forward: ['a:b']}}",
            "'forward[0]' of the dev container 'a' is 'a:b', which is not of the form that it must have"
        ),
        (
            "dev: {a: {reverse: ['1:2:3']}}",
            "'reverse[0]' of the dev container 'a' is '1:2:3', which is not of the form that it must have"
        ),
        ("dev: {a: {remote: ssh}}", "'remote' of the dev container 'a' must be a whole number"),
        (
            "dev: {a: {timeout: 5minutes}}",
            "'timeout' of the dev container 'a' is '5minutes', which is not of the form that it must have"
        ),
        ("dev: {a: {timeout: {start: 5m}}}", "'start' is not a key of 'timeout' of the dev container 'a'"),
        ("dev: {a: {autocreate: 1}}", "'autocreate' of the dev container 'a' must be true or false"),
        ("dev: {a: {probes: {live: true}}}", "'live' is not a key of 'probes' of the dev container 'a'"),
        ("dev: {a: {lifecycle: {postStop: true}}}", "'postStop' is not a key of 'lifecycle' of the dev container 'a'"),
        ("dev: {a: {services: [{name: b, autocreate: true}]}}", "'autocreate' is not a key of a service"),
        (
            "dev: {a: {securityContext: {runAsUser: root}}}",
            "'securityContext.runAsUser' of the dev container 'a' must be a whole number"
        ),
        ("dev: {a: {tolerations: [x]}}", "'tolerations[0]' of the dev container 'a' must be a mapping, not a text"),
        ("dev: {a: {affinity: x}}", "'affinity' of the dev container 'a' must be a mapping, not a text"),
        (
            "dev: {a: {environment: x}}",
            "'environment' of the dev container 'a' must be a list or a mapping, not a text"
        ),
        ("icon: {a: b}", "'icon' must be a text, not a mapping"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is an error`(yaml: String, message: String?) {
        let errors = load(yaml).diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.message) == [message].compactMap(\.self))
    }

    static let refusals: [(yaml: String, message: String)] = [
        ("dev: [a]", "'dev' is a list, which 'okteto validate' refuses"),
        (
            "dev: {a: {resources: {limits: {nvidia.com/gpu: '1'}}}}",
            "'resources.limits.nvidia.com/gpu' of the dev container 'a' is a key, which 'okteto validate' refuses"
        ),
        (
            "dev: {a: {resources: {limits: {cpu: 1}}}}",
            "'resources.limits.cpu' of the dev container 'a' is a number and read as a text, which 'okteto validate' refuses"
        ),
        ("dev: {a: {labels: {b: c}}}", "'labels' of the dev container 'a' is a key, which 'okteto validate' refuses"),
        (
            "dev: {a: {command: 123}}",
            "'command' of the dev container 'a' is a number and read as a text, which 'okteto validate' refuses"
        ),
        ("dev: {a: }", "the dev container 'a' is empty, which 'okteto validate' refuses"),
        (
            "dev: {a: {sync: {verbose: true}}}",
            "'sync' of the dev container 'a' has no 'folders', for which 'okteto validate' asks"
        ),
        (
            "dev: {a: {timeout: 300}}",
            "'timeout' of the dev container 'a' is a number and read as a text, which 'okteto validate' refuses"
        ),
        (
            "dev: {a: {timeout: 1m30s}}",
            "'timeout' of the dev container 'a' is '1m30s', which 'okteto validate' refuses"
        ),
        (
            "dev: {a: {forward: ['80:s_1:80']}}",
            "'forward[0]' of the dev container 'a' is '80:s_1:80', which 'okteto validate' refuses"
        ),
        ("dev: {a: {services: [{command: sh}]}}", "'command' of a service is a text, which 'okteto validate' refuses"),
        ("dev: {a: {mode: }}", "'mode' of the dev container 'a' is empty, which 'okteto validate' refuses"),
        (
            "dev: {a: {remote: 22.5}}",
            "'remote' of the dev container 'a' is no whole number, which 'okteto validate' refuses"
        ),
        ("deploy: {endpoints: {web: {rules: []}}}", "'deploy.endpoints' is a mapping, which 'okteto validate' refuses"),
        (
            "deploy: {endpoints: [{service: s, port: 80}]}",
            "an endpoint has no 'path', for which 'okteto validate' asks"
        ),
        ("forward: [{localPort: 1, name: a}]", "'forward[0]' has no 'remotePort', for which 'okteto validate' asks"),
        ("name: 123", "'name' is a number and read as a text, which 'okteto validate' refuses"),
        ("external: {a: {endpoints: [{url: x}]}}", "an endpoint has no 'name', for which 'okteto validate' asks"),
    ]

    @Test(arguments: refusals)
    func `what only Okteto's schema refuses is a warning`(yaml: String, message: String) {
        let findings = load(yaml).diagnostics
        #expect(findings.map(\.message) == [message])
        #expect(findings.map(\.severity) == [.warning])
    }

    static let accepted = [
        "dev: {a: {environment: {A: true, B: 1, C: , D: x}}}", "dev: {a: {environment: [A=b, C]}}",
        "dev: {a: {command: [a, b], sync: {folders: ['.:/a']}}}", "dev: {a: {sync: ['C:\\a:/b', '$HOME/a:/b']}}",
        "dev: {a: {forward: [8080:80, 5432:db:5432, {localPort: 1, remotePort: 2}]}}",
        "dev: {a: {affinity: {podAffinity: [1, {x: y}]}, tolerations: [{key: a}]}}",
        "dev: {a: {probes: true, lifecycle: {postStart: {command: x, enabled: yes}}}}",
        "dev: {a: {timeout: {default: 1h, resources: 30s}, remote: 0x16}}",
        "dev: {a: {persistentVolume: {enabled: true, size: 5Gi}, initContainer: {image: a, resources: {}}}}",
        "forward: ['8080:api:80', '8080:80']", "build: {a: {context: ., args: {A: '$B'}, secrets: {s: file}}}",
        "deploy: {divert: {driver: istio, virtualServices: [{name: a, namespace: '$NS', routes: [r]}]}}",
        "destroy: {commands: [a], image: i, remote: false, context: c}", "external: {}", "dev: {}", "dependencies: []",
    ]

    @Test(arguments: accepted)
    func `what Okteto takes has no finding`(yaml: String) {
        #expect(load(yaml).diagnostics.filter { $0.severity != .notice }.map(\.message) == [])
    }

    @Test func `a forwarded port that names no service is a notice`() {
        let findings = load("forward: [{localPort: 1, remotePort: 2}]").diagnostics
        #expect(findings.map(\.severity) == [.notice])
    }

    @Test(arguments: [
        ("build: {a: {contxt: .}}", "did you mean 'context'?"),
        ("dev: {a: {forwards: []}}", "did you mean 'forward'?"),
        ("deploy: {divert: {driver: istoi, namespace: ns}}", "did you mean 'istio'?"),
        ("external: {x: {icon: databse, endpoints: [{name: a}]}}", "did you mean 'database'?"),
        ("dev: {image: x}", "'dev' needs a name of your choice above 'image'"),
        ("test: {commands: [x]}", "'test' needs a name of your choice above 'commands'"),
        ("test: {a: {depends_on: b, commands: [x]}}", "write 'depends_on:' and on the next line '- b'"),
        ("test: {a: {commands: x}}", "write 'commands:' and on the next line '- x'"),
        ("dev: {a: {timeout: soon}}", "write a duration, as in 5m or 1m30s"),
        ("deploy: [[a]]", "put a command that begins with '[' in quotes"),
    ])
    func `a finding says what to do`(yaml: String, help: String) {
        #expect(load(yaml).diagnostics.compactMap(\.help) == [help])
    }

    @Test func `a misspelt key that must be there is told once`() {
        #expect(load("test: {a: {comands: [x]}}").diagnostics.count == 1)
        #expect(load("external: {a: {endpoint: []}}").diagnostics.count == 1)
    }

    @Test func `every finding of a broken manifest is told, in order`() {
        let loaded = load(
            """
            name: [a]
            build:
              a: {dokerfile: x}
            dev:
              a: {mode: b}
            deploy:
              divert: {}
            external:
              a: {}
            foo: 1
            """
        )
        #expect(loaded.diagnostics.map(\.mark.line) == [1, 3, 5, 7, 9, 10])
        #expect(loaded.diagnostics.allSatisfy { $0.severity == .error })
    }

    @Test func `an aliased value is checked at each of its places`() {
        let loaded = load("test:\n  a: &a {commands: [x], foo: 1}\n  b: *a\n")
        #expect(
            loaded.diagnostics.map(\.message) == [
                "'foo' is not a key of the test 'a'", "'foo' is not a key of the test 'b'",
            ]
        )
    }

    @Test func `a hundred thousand mistakes are told in time that grows with their number`() {
        let yaml = "dev: {" + (0..<40_000).map { "k\($0): x" }.joined(separator: ", ") + "}"
        #expect(load(yaml).diagnostics.count == 40_000)
    }
}
