import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct ProfileTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func environment(_ config: String, _ credentials: String? = nil) throws -> EnvironmentVariables {
        [
            "AWS_CONFIG_FILE": try folder.write("config", config),
            "AWS_SHARED_CREDENTIALS_FILE": try credentials.map { try folder.write("credentials", $0) }
                ?? "/nonexistent",
        ]
    }

    private func profile(_ name: String, _ config: String, _ credentials: String? = nil) throws -> AWSProfile? {
        try SharedConfiguration.load(environment: environment(config, credentials)).profile(name)
    }

    @Test func `a section of the configuration file is a profile by its name, quoted or not`() throws {
        let config =
            "[default]\nregion=a\n[profile x]\nregion=b\n[profile \"y z\"]\nregion=c\n[w]\nregion=d\n[profile]\n"
        let configuration = try SharedConfiguration.load(environment: try environment(config))
        #expect(configuration.names == ["default", "x", "y z"])
        #expect(try configuration.profile("x")?.text("region")?.value == "b")
        #expect(configuration.profile("w") == nil)
    }

    @Test func `a value says where it stands`() throws {
        let setting = try profile("x", "[profile x]\n region = b\n")?.text("region")
        #expect(setting?.origin.description == "region of profile x, \(folder.path)/config:2:2")
        #expect(try profile("x", "[profile x]\nregion =\n")?.text("region") == nil)
        #expect(try profile("x", "[profile x]\nregion =\n")?.has("region") == false)
    }

    @Test func `the credentials file wins key by key, and has profiles of its own`() throws {
        let config = "[profile x]\nregion=a\nrole_arn=b\n"
        let credentials = "[x]\nregion=c\naws_secret_access_key=wJalrXUtnFEMI\n[profile x]\nregion=d\n"
        let profile = try profile("x", config, credentials)
        #expect(try profile?.text("region")?.value == "c")
        #expect(try profile?.text("role_arn")?.value == "b")
        #expect(try profile?.secret("aws_secret_access_key")?.value.reveal() == "wJalrXUtnFEMI")
        #expect(try self.profile("profile x", config, credentials)?.text("region")?.value == "d")
        #expect(!"\(String(reflecting: profile))".contains("wJal"))
    }

    @Test func `the endpoint of a service is in its services section, else in the profile`() throws {
        let services = "[services l]\nsts =\n  endpoint_url = http://sts\ns3 = \nec2 =\n  endpoint_url =\n"
        let profile = try profile("x", services + "[profile x]\nservices=l\nendpoint_url=http://all\n")
        #expect(try profile?.endpoint(of: "sts")?.value == "http://sts")
        #expect(
            try profile?.endpoint(of: "sts")?.origin.description
                == "endpoint_url of profile x, \(folder.path)/config:3:3"
        )
        #expect(try profile?.endpoint(of: "iam")?.value == "http://all")
        #expect(try profile?.endpoint(of: "s3")?.value == "http://all")
        #expect(try profile?.endpoint(of: "ec2")?.value == "http://all")
        #expect(try self.profile("x", "[profile x]\n")?.endpoint(of: "iam") == nil)
    }

    @Test func `a services section that is not there is an error`() throws {
        let profile = try profile("x", "[profile x]\nservices = nosuch\n")
        let error = #expect(throws: CredentialError.self) { try profile?.endpoint(of: "sts") }
        #expect(error?.message.hasPrefix("there is no section [services nosuch] (services of profile x") == true)
    }

    @Test func `nothing is taken of a file that everybody may change`() throws {
        let config = try folder.write("config", "[default]\nregion = a\n", permissions: 0o666)
        let profile = try SharedConfiguration.load(environment: ["AWS_CONFIG_FILE": config]).profile("default")
        #expect(profile?.has("region") == true)
        #expect(try profile?.text("role_arn") == nil)
        let error = #expect(throws: CredentialError.self) { try profile?.text("region") }
        #expect(error?.message == "\(config):2:1: everybody may change this file, so its 'region' is not trusted")
        #expect(error?.nextStep?.contains("chmod o-w \(config)") == true)
    }

    @Test func `files are looked for in HOME, and a tilde in a variable means it`() throws {
        try FileManager.default.createDirectory(atPath: folder.path + "/.aws", withIntermediateDirectories: false)
        _ = try folder.write(".aws/config", "[default]\nregion=a\n")
        _ = try folder.write(".aws/credentials", "[default]\nrole_arn=b\n")
        _ = try folder.write("other", "[default]\nregion=c\n")
        let home: EnvironmentVariables = ["HOME": folder.path]
        #expect(try SharedConfiguration.load(environment: home).profile("default")?.text("region")?.value == "a")
        #expect(try SharedConfiguration.load(environment: home).profile("default")?.text("role_arn")?.value == "b")
        let other = home.merging(["AWS_CONFIG_FILE": "~/other"])
        #expect(try SharedConfiguration.load(environment: other).profile("default")?.text("region")?.value == "c")
    }

    @Test(arguments: [
        [:], ["HOME": "relative"], ["AWS_CONFIG_FILE": "/dev/null"], ["AWS_CONFIG_FILE": "/nonexistent/x"],
    ])
    func `a file that is not there counts as empty`(_ environment: [String: String]) throws {
        #expect(try SharedConfiguration.load(environment: EnvironmentVariables(environment)).names.isEmpty)
    }

    @Test func `a file that cannot be read is an error`() throws {
        let error = #expect(throws: CredentialError.self) {
            try SharedConfiguration.load(environment: ["AWS_CONFIG_FILE": folder.path])
        }
        #expect(error?.message == "the AWS configuration file \(folder.path) is a folder")
        let device = #expect(throws: CredentialError.self) {
            try SharedConfiguration.load(environment: ["AWS_SHARED_CREDENTIALS_FILE": "/dev/zero"])
        }
        #expect(device?.message.hasSuffix("is not a regular file") == true)
    }

    @Test func `a file of more than a megabyte is refused`() throws {
        let config = try folder.write("config", [UInt8](repeating: UInt8(ascii: "#"), count: (1 << 20) + 1))
        let error = #expect(throws: CredentialError.self) {
            try SharedConfiguration.load(environment: ["AWS_CONFIG_FILE": config])
        }
        #expect(error?.message.hasSuffix("is too large") == true)
    }

    @Test func `the profile is named by the option, our variable and then AWS's`() throws {
        var environment = try environment("[profile a]\n[profile b]\n[profile c]\n[profile d]\n[default]\n")
        func selected(_ option: String? = nil) throws -> String? {
            try ProfileSelection.select(option: option, environment: environment).profile?.name
        }
        #expect(try selected() == "default")
        environment["AWS_DEFAULT_PROFILE"] = "d"
        #expect(try selected() == "d")
        environment["AWS_PROFILE"] = "c"
        #expect(try selected() == "c")
        environment["OKTETO_RUN_PROFILE"] = "b"
        #expect(try selected() == "b")
        #expect(try selected("a") == "a")
    }

    @Test func `a profile that is named and not there is an error, or noted where a variable of AWS's names it`() throws
    {
        let environment = try environment("[profile a]\n")
        #expect(try ProfileSelection.select(option: nil, environment: environment).absence == nil)
        let error = #expect(throws: CredentialError.self) {
            try ProfileSelection.select(option: "x", environment: environment)
        }
        #expect(
            error?.message == "there is no profile 'x' (option --profile) in \(folder.path)/config nor in /nonexistent"
        )
        #expect(error?.nextStep == "name one that is there: a")
        let left = try ProfileSelection.select(option: nil, environment: environment.merging(["AWS_PROFILE": "x"]))
        #expect(left.profile == nil)
        #expect(left.absence?.message.contains("variable AWS_PROFILE") == true)
        let none = try ProfileSelection.select(option: nil, environment: ["AWS_PROFILE": "x"])
        #expect(none.absence?.message.hasSuffix("in any file: HOME is not set") == true)
        #expect(none.absence?.nextStep?.contains("[profile x]") == true)
    }
}
