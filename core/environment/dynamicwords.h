// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <array>
#include <span>

namespace Sluice {

/** A dynamic value that is one of a few words, by its name without the dollar sign. */
struct DynamicWords
{
    QStringView name;
    std::span<const QStringView> words;
};

/** The words of \a name; empty when it is none of these values. */
std::span<const QStringView> dynamicWords(QStringView name);

/** Every value of the kind. */
std::span<const DynamicWords> allDynamicWords();

} // namespace Sluice
