"""Does the ranking put first what people judged to be right? Collections, runs, measures, intervals."""
