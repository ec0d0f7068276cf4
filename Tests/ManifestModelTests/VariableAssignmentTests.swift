import ManifestModel
import ProcessEnvironment
import Testing

@Suite struct VariableAssignmentTests {
    @Test(arguments: [("A=b", "A", "b"), ("A=", "A", ""), ("A=b=c", "A", "b=c"), ("A= b ", "A", " b ")])
    func `an argument is split at its first equals sign`(argument: String, name: String, value: String) throws {
        let assignment = try VariableAssignment(argument: argument)
        #expect(assignment.name == name)
        #expect(assignment.value.reveal() == value)
    }

    @Test(arguments: ["A", "", "=b"])
    func `an argument without name or equals sign is an error`(argument: String) {
        let error = #expect(throws: ManifestModelError.self) { try VariableAssignment(argument: argument) }
        #expect(error?.code == .invalidVariable)
    }

    @Test(arguments: ["OKTETO_TOKEN", "okteto_url", "Okteto_Context", "OKTETO_NAMESPACE"])
    func `a reserved name is an error that does not show the value`(name: String) {
        let error = #expect(throws: ManifestModelError.self) { try VariableAssignment(argument: name + "=s3cret") }
        #expect(error?.code == .reservedVariable)
        #expect(error?.message.contains("s3cret") == false)
    }

    @Test(
        arguments: [
            ("f", "m", "https://h/o/r.git", "e", "f"), ("", "m", "https://h/o/r.git", "e", "m"),
            (nil, nil, "https://h/o/r.git", "e", "r"), (nil, nil, "git@h:r", "e", "r"),
            (nil, nil, "https://h/o/r/", "e", "r"),
            (nil, "", nil, "e", "e"), (nil, nil, nil, nil, "folder"), (nil, nil, nil, "", "folder"),
        ] as [(String?, String?, String?, String?, String)]
    )
    func `the name is the first that is given`(
        flag: String?,
        manifest: String?,
        remote: String?,
        variable: String?,
        expected: String
    ) {
        let name = EnvironmentName.infer(
            flag: flag,
            manifest: manifest,
            remoteURL: remote,
            oktetoName: variable,
            folder: "/w/folder"
        )
        #expect(name == expected)
    }
}
