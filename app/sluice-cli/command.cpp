// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

void write(const QString &text, FILE *stream)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

void printError(const QString &text)
{
    write(text + u'\n', stderr);
}

void print(const QString &text)
{
    write(text, stdout);
}

ExitStatus statusOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::FileNotFound:
    case ErrorCode::Parse:
    case ErrorCode::Io:
    case ErrorCode::ReadOnly:
    case ErrorCode::ChangedOnDisk:
        return ExitInput;
    case ErrorCode::Usage:
        return error.file.isEmpty() ? ExitUsage : ExitInput;
    default:
        return ExitUsage;
    }
}

int fail(const Error &error)
{
    printError(error.toString());
    return statusOf(error);
}

int failUsage(const Error &error, const char *command)
{
    const int status = fail(error);
    if (error.code == ErrorCode::Usage && status == ExitUsage)
        printError(u"Try sluice-cli %1 --help."_s.arg(QString::fromLatin1(command)));
    return status;
}

} // namespace Sluice
