# Times scikit-learn's multinomial naive Bayes on comments. Standard input: a JSON object a line; those with a label are fitted, those without
# are predicted; an empty line ends them, and each line after it asks for a round. Standard output: scikit-learn's version once it is fitted,
# then the seconds of each round: texts to features to answers, the whole list at once. Exit 3: scikit-learn is not there.
import json
import sys
import time

try:
    import sklearn
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import MultinomialNB
except ImportError:
    sys.exit(3)

lines = iter(sys.stdin.buffer.readline, b"")
known, labels, texts = [], [], []
for line in lines:
    if not line.strip():
        break
    row = json.loads(line)
    if "label" in row:
        known.append(row["text"])
        labels.append(row["label"])
    else:
        texts.append(row["text"])

vectorizer = CountVectorizer(ngram_range=(1, 2), binary=True)
model = MultinomialNB().fit(vectorizer.fit_transform(known), labels)
print(sklearn.__version__, flush=True)

for _ in lines:
    start = time.perf_counter()
    answers = model.predict(vectorizer.transform(texts))
    seconds = time.perf_counter() - start
    if len(answers) != len(texts):
        sys.exit("answers are missing")
    print(repr(seconds), flush=True)
