internal import ArgumentParser
internal import CredentialInjector

extension ShellSyntax: ExpressibleByArgument {}
