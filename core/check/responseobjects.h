// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/response.h"

#include <QJSValue>

class QJSEngine;

namespace Sluice {

/** The body of \a response as text, without its byte order mark. */
QString scriptText(const Response &response);

/** `res.responseTime`: whole milliseconds on the wire. */
double scriptMilliseconds(const Response &response);

/**
 * Makes `res`, as which expressions see a response: its parts as properties (`res.status`,
 * `res.body` …) and a function over paths into the body (`res('items[0].id')`).
 */
class ResponseObjects
{
public:
    /** \a engine outlives this. */
    explicit ResponseObjects(QJSEngine &engine);

    /** \a response with \a text for its body, which is parsed when it is asked for. */
    QJSValue make(const Response &response, const QString &text);

private:
    QJSEngine &m_engine;
    QJSValue m_make;
};

} // namespace Sluice
