// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/junitreport.h"

#include <QStringList>
#include <QXmlStreamWriter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString seconds(qint64 us)
{
    return QString::number(double(us) / 1e6, 'f', 6);
}

QString caseName(const AssertionSpec &assertion)
{
    return u"%1 %2 %3"_s.arg(assertion.expression, assertion.op, assertion.value).trimmed();
}

} // namespace

JunitReport::JunitReport(const QString &collection, const QStringList &requests)
    : m_collection(collection)
{
    for (const QString &name : requests) {
        m_suites.emplace_back();
        m_suites.back().name = name;
        m_suites.back().sending.name = u"gets a reply"_s;
    }
}

void JunitReport::add(std::size_t request, const QString &error,
                      const std::vector<CheckResult> &checks, qint64 durationUs)
{
    const auto count = [](Case &testCase, bool passed, const QString &message) {
        ++testCase.count;
        if (!passed && testCase.failures++ == 0)
            testCase.message = message;
    };
    Suite &suite = m_suites[request];
    suite.durationUs += durationUs;
    count(suite.sending, error.isEmpty(), error);
    for (const CheckResult &check : checks)
        count(caseOf(suite, check.assertion), check.passed, check.message);
}

QByteArray JunitReport::xml() const
{
    QByteArray text;
    QXmlStreamWriter writer(&text);
    writer.setAutoFormatting(true);
    writer.writeStartDocument();
    writer.writeStartElement(u"testsuites"_s);
    writer.writeAttribute(u"name"_s, m_collection);
    for (const Suite &suite : m_suites) {
        std::vector<const Case *> cases{&suite.sending};
        for (const Case &check : suite.checks)
            cases.push_back(&check);
        const auto failed =
            std::ranges::count_if(cases, [](const Case *c) { return c->failures > 0; });
        writer.writeStartElement(u"testsuite"_s);
        writer.writeAttribute(u"name"_s, suite.name);
        writer.writeAttribute(u"tests"_s, QString::number(cases.size()));
        writer.writeAttribute(u"failures"_s, QString::number(failed));
        writer.writeAttribute(u"errors"_s, u"0"_s);
        writer.writeAttribute(u"time"_s, seconds(suite.durationUs));
        for (const Case *testCase : cases) {
            writer.writeStartElement(u"testcase"_s);
            writer.writeAttribute(u"classname"_s, suite.name);
            writer.writeAttribute(u"name"_s, testCase->name);
            writer.writeAttribute(u"time"_s,
                                  testCase == &suite.sending ? seconds(suite.durationUs) : u"0"_s);
            if (testCase->failures > 0) {
                writer.writeStartElement(u"failure"_s);
                writer.writeAttribute(u"message"_s, testCase->message);
                writer.writeCharacters(u"failed in %1 of %2 iterations"_s.arg(testCase->failures)
                                           .arg(testCase->count));
                writer.writeEndElement();
            }
            writer.writeEndElement();
        }
        writer.writeEndElement();
    }
    writer.writeEndElement();
    writer.writeEndDocument();
    return text;
}

JunitReport::Case &JunitReport::caseOf(Suite &suite, const AssertionSpec &assertion)
{
    const QString name = caseName(assertion);
    const auto known = std::ranges::find(suite.checks, name, &Case::name);
    if (known != suite.checks.end())
        return *known;
    suite.checks.emplace_back();
    suite.checks.back().name = name;
    return suite.checks.back();
}

} // namespace Sluice
